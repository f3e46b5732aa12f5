import { inLanguage, type Language, type Text, text } from '../../core/text.ts'
import type { ClientKind, ClientSource } from './rules.ts'

const SOURCES: Readonly<Record<ClientSource, Text>> = {
  'walk-in': text('散客', 'walk-in'),
  list: text('名单', 'list'),
  cluster: text('集群', 'cluster'),
  industry: text('行业', 'industry'),
  referral: text('转介', 'referral'),
}

export const sourceLabel = (source: ClientSource, language: Language): string =>
  inLanguage(SOURCES[source], language)

const KINDS: Readonly<Record<ClientKind, Text>> = {
  prospect: text('潜在', 'prospect'),
  existing: text('存量', 'existing'),
  lapsed: text('已结清', 'lapsed'),
}

export const kindLabel = (kind: ClientKind, language: Language): string =>
  inLanguage(KINDS[kind], language)
