import { type Text, text } from '../../core/text.ts'
import type { Register } from '../registers/rules.ts'

export const REGISTER_LABELS: Readonly<Record<Register, Text>> = {
  region: text('区域', 'region'),
  cluster: text('集群', 'cluster'),
  industry: text('行业', 'industry'),
}

/** The register that a word means; null: none. */
export const registerSaid = (word: string): Register | null =>
  /^(?:区域|地区|region)$/i.test(word)
    ? 'region'
    : /^(?:集群|市场|cluster)$/i.test(word)
      ? 'cluster'
      : /^(?:行业|industry)$/i.test(word)
        ? 'industry'
        : null
