import type { Page } from '@playwright/test'
import { expectAccessible } from '#tests/support/axe.ts'
import { expect, test } from '#tests/support/workbench.ts'

const bySeqScan = `Aggregate  (cost=3.00..3.01 rows=1 width=8) (actual time=100.000..100.001 rows=1 loops=1)
  ->  Seq Scan on orders  (cost=0.00..2.00 rows=400 width=0) (actual time=0.010..99.000 rows=400 loops=1)
        Filter: (status = 'returned'::text)
        Rows Removed by Filter: 99600
        Buffers: shared hit=10 read=10000
  Buffers: shared hit=10 read=10000
Execution Time: 100.100 ms
`
const byIndex = `Aggregate  (cost=3.00..3.01 rows=1 width=8) (actual time=2.000..2.001 rows=1 loops=1)
  Buffers: shared hit=400 read=10
  ->  Index Scan using orders_status on orders  (cost=0.00..2.00 rows=400 width=0) (actual time=0.010..1.900 rows=400 loops=1)
        Index Cond: (status = 'returned'::text)
        Buffers: shared hit=400 read=10
Execution Time: 2.100 ms
`

async function paste(page: Page, text: string): Promise<void> {
  await page.locator('body').evaluate((target, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const chooseCompare = async (page: Page, item: RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a pinned plan is held against another: a verdict, the figures, and what changed node by node', async ({
  page,
}) => {
  await expect(page.getByRole('button', { name: /Look at a plan or a log/ })).toBeVisible()
  await paste(page, bySeqScan)
  await chooseCompare(page, /^Pin this plan/)
  await paste(page, byIndex)
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('Index Scan')
  await chooseCompare(page, /^With the pinned plan/)

  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison.getByRole('heading', { level: 2 })).toHaveText(
    /^47\.7× faster: index scan on orders replaced the seq scan; reads 78\.1 MiB → 80 KiB$/,
  )
  const grid = comparison.getByRole('grid', { name: 'Nodes of both plans' })
  await expect(grid.getByRole('row')).toHaveCount(3)
  await grid.focus()
  await page.keyboard.press('End')
  await expect(grid.getByRole('row', { selected: true })).toContainText('Index Scan using orders_status')
  await expect(comparison).toContainText('no index → orders_status')
  // By what it saved or cost, and back in the order of the plan.
  await grid.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(grid.getByRole('columnheader', { name: 'Change', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await grid.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(grid.getByRole('row').nth(1)).toContainText('Index Scan using orders_status')
  await grid.getByRole('button', { name: 'Node' }).click()
  await expect(grid.getByRole('row').nth(2)).toContainText('Index Scan using orders_status')
  await expectAccessible(page)

  await comparison.getByRole('button', { name: 'Swap' }).click()
  await expect(comparison.getByRole('heading', { level: 2 })).toHaveText(
    /slower: seq scan on orders replaced the index scan/,
  )
  await comparison.getByRole('button', { name: 'Close the comparison' }).click()
  await expect(page.getByRole('region', { name: 'Plan', exact: true })).toBeVisible()
})
