import type { ChartOption } from './chart-engine.ts'

export type { ChartOption } from './chart-engine.ts'

/**
 * Draws a chart on the server, as PNG with Chinese type. ECharts is loaded for the first one: it
 * takes some 90 MB, which a process that draws nothing can do without.
 */
export async function chartPng(
  option: ChartOption,
  size?: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  const { drawPng } = await import('./chart-engine.ts')
  return drawPng(option, size)
}
