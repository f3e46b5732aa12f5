import sharp from 'sharp'
import { expect, test } from 'vitest'
import { chartPng } from '../../../src/infra/pictures/chart.ts'

const bars = (names: readonly string[]) =>
  chartPng(
    {
      xAxis: { type: 'category', data: [...names], axisLabel: { fontSize: 40, interval: 0 } },
      yAxis: { show: false },
      series: [],
    },
    { width: 300, height: 200 },
  )

/** How many pixels are dark. */
async function ink(png: Buffer): Promise<number> {
  const grey = await sharp(png).greyscale().raw().toBuffer()
  return grey.filter((level) => level < 128).length
}

test('draws Chinese and not empty boxes', async () => {
  const [none, one, many] = [await bars(['']), await bars(['一']), await bars(['鑫'])]
  // A missing character would be drawn as the same box, whichever it is.
  expect(await ink(one)).toBeGreaterThan(await ink(none))
  expect(await ink(many)).toBeGreaterThan((await ink(one)) + 200)
})

test('is a PNG of the size that was asked for', async () => {
  expect(await sharp(await bars(['张三'])).metadata()).toMatchObject({
    format: 'png',
    width: 300,
    height: 200,
  })
})
