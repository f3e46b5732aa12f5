import { type Context, command } from '../../../bot/command.ts'
import { readUpload } from '../../../bot/inbox/uploads.ts'
import type { Asker } from '../../../bot/policy.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { resolveClient } from '../../clients/resolve-client.ts'
import { putFacilities } from '../changed.ts'
import { openClaims } from '../claims/store.ts'
import * as policy from '../policy.ts'
import type { ConfirmedFacility } from '../store.ts'
import { confirmedCard, confirmedNotice } from './cards.ts'
import { LOAN } from './phrases.ts'
import { facilityOf, type LoanFacts, type LoanInput, loanInput } from './rules.ts'
import { hasFeed, holderOf, keepPaper } from './store.ts'

interface Confirmed extends LoanFacts {
  readonly facility: ConfirmedFacility
  readonly uploadId: string | null
}

/** Where no feed does, a lead confirms that a loan was granted, by its account or a photo of the contract. */
export const confirmLoan = command<LoanInput, LoanFacts, Confirmed>({
  name: 'confirm-loan',
  may: policy.confirmLoan,
  undoable: true,
  files: { alongside: true },
  help: {
    usage: {
      zh: '放款 张三 信用贷 30万 至 2027-11-30 账号 6228001',
      en: 'confirm loan Zhang 300k until 2027-11-30 account 6228001',
    },
    purpose: {
      zh: '主管确认已放款，写账号或合同号，或附合同照片；客户随即成为存量客户',
      en: 'a lead confirms a loan, by account or contract or a photo of it; the client becomes an existing one',
    },
  },
  phrases: LOAN,
  input: loanInput,
  load,
  decide(facts, said, { at }) {
    const facility = facilityOf(facts, said, at)
    if (facility instanceof Refusal) return facility
    return { ...facts, facility, uploadId: said.uploadId ?? null }
  },
  async save(tx, { facility, client, uploadId }, { who, at, actId, bank, tell }) {
    const by = { staffId: who.id, actId, now: at.now }
    const documentId = uploadId ? await keepPaper(tx, client.id, uploadId, by) : null
    await putFacilities(tx, [{ ...facility, documentId }], { ...by, at, bank })
    if (client.ownerId === who.id) return
    await tell(client.ownerId, (language) =>
      confirmedNotice(client.name, facility, who.name, at, language),
    )
  },
  reply: ({ client, claims, facility }, _facts, { at, who }) =>
    confirmedCard(client, claims[0] ?? null, facility, at, who.language),
})

async function load(tx: Queries, said: LoanInput, { who, reach }: Context & Asker) {
  const intent = { command: 'confirm-loan', input: said }
  const client = await resolveClient(tx, { who, reach }, said, intent)
  if (!('id' in client)) return client
  if (said.uploadId && !(await readUpload(tx, said.uploadId, who.id))) {
    return refuse('找不到您发的文件，请再发一次。', 'Your file is not there; please send it again.')
  }
  return {
    client,
    claims: await openClaims(tx, client.id),
    holder: said.account ? await holderOf(tx, said.account) : null,
    hasFeed: await hasFeed(tx),
  }
}
