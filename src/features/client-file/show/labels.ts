import type { Say } from '../../../core/text.ts'
import type { DocumentKind } from '../../clients/file/rows-store.ts'
import type { IdKind } from '../../clients/identity/store.ts'

export const idLabel = (kind: IdKind, say: Say): string =>
  ({
    resident: say('身份证', 'ID number'),
    passport: say('护照', 'Passport'),
    'hk-macao': say('港澳通行证', 'Hong Kong and Macao permit'),
    taiwan: say('台胞证', 'Taiwan permit'),
    'residence-permit': say('居留证', 'Residence permit'),
  })[kind]

const documentLabel = (kind: DocumentKind, say: Say): string =>
  ({
    licence: say('营业执照', 'Licence'),
    identity: say('身份证件', 'Identity paper'),
    premises: say('经营场所', 'Premises'),
    property: say('房产', 'Property'),
    statement: say('流水报表', 'Statement'),
    contract: say('合同', 'Contract'),
    other: say('其他', 'Other'),
  })[kind]

/** What a document is and how it is called, said once where they are the same. */
export const namesOf = (kind: DocumentKind, name: string, say: Say): string[] => [
  ...new Set([documentLabel(kind, say), name]),
]
