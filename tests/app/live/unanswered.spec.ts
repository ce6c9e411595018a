import { expect, plainServer, test, whenReady } from '#tests/support/workbench.ts'

test.use({ serverOptions: plainServer, panel: 'plans' })

test('panels that wait for their answers claim nothing of what was recorded', async ({
  browser,
  host,
  server,
}) => {
  // A server that is connected is recorded: there is something to be answered about.
  expect(server.port).toBeGreaterThan(0)
  const { sessionId } = await host.client.session.current()
  const overview = () => host.client.recording.overview({ sessionId })
  await expect.poll(async () => (await overview()).recordings.length).toBeGreaterThan(0)
  await host.client.workbench.setPreference({ key: 'frame.panel', value: '"plans"' })
  const page = await browser.newPage()
  let answers = true
  await page.routeWebSocket('**/contract', (socket) => {
    const workbench = socket.connectToServer()
    workbench.onMessage((message) => {
      if (answers) socket.send(message)
    })
  })
  try {
    await page.goto(host.url)
    await whenReady(page)
    // It is there once the window knows that something was recorded.
    await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
    answers = false
    const panels = page.getByRole('navigation', { name: 'Panels' })
    // Load comes first, and may have had its answers.
    for (const name of ['Host', 'I/O', 'Locks', 'Tables']) {
      await panels.getByRole('button', { name, exact: true }).click()
      const panel = page.getByRole('main', { name })
      await expect(panel.getByText(/Reading|Who kept others waiting/).first()).toBeVisible()
      await expect(panel).not.toContainText(
        /in this range|over the range$|Needs|can’t be seen|Not told|Nobody/,
      )
    }
  } finally {
    await page.close()
  }
})
