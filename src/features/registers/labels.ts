import { type Text, text } from '../../core/text.ts'
import type { Register } from './rules.ts'

export const REGISTER_LABELS: Readonly<Record<Register, Text>> = {
  region: text('区域', 'region'),
  cluster: text('集群', 'cluster'),
  industry: text('行业', 'industry'),
}

/** The register that a word means; null: none. */
const registerSaid = (word: string): Register | null =>
  /^(?:区域|地区|region)$/i.test(word)
    ? 'region'
    : /^(?:集群|市场|cluster)$/i.test(word)
      ? 'cluster'
      : /^(?:行业|industry)$/i.test(word)
        ? 'industry'
        : null

const WITH_REGISTER =
  /^(?<word>区域|地区|集群|市场|行业|(?:region|cluster|industry)(?=[\s:]))(?<apart>[\s:]*)(?<named>.+)$/isu

/**
 * The register that a name says it is of, and the name by itself: 行业 餐饮, 区域城东, region East; null: none.
 * `apart`: set off from it, where 市场路 may be a name.
 */
export function namedWithRegister(
  said: string,
): { readonly register: Register; readonly named: string; readonly apart: boolean } | null {
  const { word = '', named = '', apart = '' } = said.trim().match(WITH_REGISTER)?.groups ?? {}
  const register = registerSaid(word)
  return register && { register, named, apart: apart !== '' }
}
