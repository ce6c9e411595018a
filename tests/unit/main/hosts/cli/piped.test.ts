import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { unpackPiped } from '#main/hosts/cli/files/source.ts'

const text = 'Result  (cost=0.00..0.01 rows=1 width=4)\n'.repeat(5_000)
const inPieces = (bytes: Uint8Array): Readable =>
  Readable.from([bytes.subarray(0, 100), bytes.subarray(100, 5_000), bytes.subarray(5_000)])
const read = async (bytes: Uint8Array): Promise<string> =>
  (await buffer(unpackPiped(inPieces(bytes)))).toString()

it('what is piped in is read as it is', async () => {
  expect(await read(Buffer.from(text))).toBe(text)
})

it('what is piped in packed is unpacked', async () => {
  expect(await read(gzipSync(text))).toBe(text)
})

it('an empty pipe gives nothing', async () => {
  expect((await buffer(unpackPiped(Readable.from([])))).length).toBe(0)
})

it('a packed pipe that breaks off is an error', async () => {
  await expect(read(gzipSync(text).subarray(0, -20))).rejects.toThrow('unexpected end of file')
})
