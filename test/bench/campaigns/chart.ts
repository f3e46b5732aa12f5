import sharp from 'sharp'
import { funnelOption } from '../../../src/features/campaigns/figures/cards.ts'
import { chartPng } from '../../../src/infra/pictures/chart.ts'
import { svgToPng } from '../../../src/infra/pictures/picture.ts'
import { type Row, row } from '../row.ts'
import { inTurn, median } from '../timing.ts'

/** 60 ms (measured: 19) by the 9.5 ms of the bare shapes on a calm machine. */
const LIMIT = 6.3

/** A chart beside a picture of the same size whose SVG is there already. */
export async function chartRow(rounds: number): Promise<Row> {
  const totals = { reached: 1280, responded: 960, interested: 420, applied: 130, granted: 41 }
  const draw = () => chartPng(funnelOption('五一活动', totals, (zh) => zh))
  const { width, height } = await sharp(await draw()).metadata()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#fff"/><circle cx="50%" cy="50%" r="25%" fill="#1677ff"/></svg>`
  const times = await inTurn(rounds, { ours: draw, bare: () => svgToPng(svg, 1) })
  return row(
    'one chart as PNG',
    [median(times.ours), 'ms'],
    ['two bare shapes of its size as PNG', median(times.bare)],
    LIMIT,
  )
}
