import {
  BarChart,
  type BarSeriesOption,
  FunnelChart,
  type FunnelSeriesOption,
  HeatmapChart,
  type HeatmapSeriesOption,
  LineChart,
  type LineSeriesOption,
  PieChart,
  type PieSeriesOption,
  SankeyChart,
  type SankeySeriesOption,
} from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  MarkLineComponent,
  TitleComponent,
  type TitleComponentOption,
  VisualMapComponent,
  type VisualMapComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { svgToPng, TYPE } from './picture.ts'

use([
  BarChart,
  FunnelChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  GridComponent,
  LabelLayout,
  LegendComponent,
  MarkLineComponent,
  SVGRenderer,
  TitleComponent,
  VisualMapComponent,
])

/** What a chart shows, in the words of Apache ECharts; colours, type and margins are the house's. */
export type ChartOption = ComposeOption<
  | BarSeriesOption
  | FunnelSeriesOption
  | GridComponentOption
  | HeatmapSeriesOption
  | LegendComponentOption
  | LineSeriesOption
  | PieSeriesOption
  | SankeySeriesOption
  | TitleComponentOption
  | VisualMapComponentOption
>

/** Readable on a phone held upright, where a chat shows it some 350 points wide. */
const SIZE = { width: 720, height: 480 }

/** Told apart by people who see colours differently (Okabe and Ito, 2008). */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442']
const INK = '#1b2430'

const THEME = {
  color: COLOURS,
  backgroundColor: '#ffffff',
  textStyle: { fontFamily: TYPE, fontSize: 20, color: INK },
  title: { textStyle: { fontFamily: TYPE, fontSize: 26, color: INK }, left: 20, top: 14 },
  legend: { textStyle: { fontFamily: TYPE, fontSize: 18, color: INK }, bottom: 10 },
  categoryAxis: {
    axisLabel: { fontFamily: TYPE, fontSize: 18, color: INK },
    axisTick: { show: false },
  },
  grid: { left: 20, right: 20, top: 80, bottom: 60 },
  valueAxis: { axisLabel: { fontFamily: TYPE, fontSize: 16, color: INK } },
}

/** Draws a chart on the server: SVG by ECharts, PNG with Chinese type. */
export async function drawPng(option: ChartOption, size = SIZE): Promise<Buffer> {
  const chart = init(null, THEME, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({ animation: false, ...option })
    return await svgToPng(chart.renderToSVGString(), 1)
  } finally {
    chart.dispose()
  }
}
