import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField, noteField } from '../../../bot/grammar/fields.ts'
import type { Asker } from '../../../bot/policy.ts'
import { sayDate } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { undoRow } from '../../../core/undo-button.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { sharePhrases, UNSHARE_PHRASES } from './phrases.ts'
import { sharedCard, termsSaid } from './share-cards.ts'
import { type Partner, resolvePartner } from './share-partner.ts'
import { changeShares, partnerOf, peopleOf, type Share, sharesOf } from './share-store.ts'

const input = z.object({
  ...clientRef,
  with: z.string().trim().min(1).max(40),
  until: dayField,
  reason: noteField,
})
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly partner: Partner
  readonly shares: readonly Share[]
}

interface Changed extends Facts {
  readonly after: readonly Share[]
}

async function load(
  tx: Queries,
  asked: Input,
  { who, reach }: Asker,
  command: string,
): Promise<Facts | Refusal | Choice> {
  const intent = { command, input: asked }
  const client = await resolveClient(tx, { who, reach }, asked as ClientRef, intent)
  if (!('id' in client)) return client
  const partner = await resolvePartner(tx, who, client, asked.with, intent)
  if (partner instanceof Refusal || partner instanceof Choice) return partner
  return { client, partner, shares: await sharesOf(tx, client.id) }
}

const ofPartner =
  (partner: Partner) =>
  (share: Share): boolean =>
    partnerOf(share) === partnerOf(partner)

const share = (backup: boolean) =>
  command<Input, Facts, Changed>({
    name: backup ? 'backup' : 'share',
    may: policy.shareClient,
    undoable: true,
    help: backup
      ? {
          usage: { zh: 'B角 张三 王五', en: 'backup Zhang Lee' },
          purpose: {
            zh: '定一位后备经理，您离岗时客户先交给他',
            en: 'who gets the client first when you leave',
          },
        }
      : {
          usage: {
            zh: '共享 张三 王五 · 共享 张三 公司金融部 到 12月31日 因为 一起谈授信',
            en: 'share Zhang Lee · share Zhang Corporate until 12-31 because of the loan',
          },
          purpose: {
            zh: '让同事或别的条线的部门也能看到和服务这位客户',
            en: 'a colleague or another line’s department may see and serve the client too',
          },
        },
    phrases: sharePhrases(backup ? ['b角', '后备', '备份', 'backup'] : ['共享', 'share']),
    input,
    load: (tx, asked, asker) => load(tx, asked, asker, backup ? 'backup' : 'share'),
    decide(facts, { until, reason }, { at }): Changed | Refusal {
      const { client, partner, shares } = facts
      if (until !== null && until < at.today) {
        return refuse(
          `${sayDate(until, 'zh')}已经过去，没有改动。请写今天或以后的日期。`,
          `${sayDate(until, 'en')} has gone by; nothing was changed. Give today or a day to come.`,
        )
      }
      if (partner.staffId === client.ownerId) {
        return refuse(
          `${client.name} 本来就是 ${partner.name} 的客户。`,
          `${client.name} is a client of ${partner.name} anyway.`,
        )
      }
      if (backup && partner.unitId) {
        return refuse(
          `B 角是接手客户的同事，${partner.name} 是部门。让部门也看到客户说：共享 ${client.name} ${partner.name}。`,
          `A backup is a colleague who takes the client over; ${partner.name} is a department. For it to see the client say: share ${client.name} ${partner.name}.`,
        )
      }
      const known = shares.find(ofPartner(partner))
      const said = until !== null || reason !== null
      if (known && (known.backup || !backup) && !said) {
        return known.backup
          ? refuse(
              `${partner.name} 已经是 ${client.name} 的 B 角。`,
              `${partner.name} backs up ${client.name} already.`,
            )
          : refuse(
              `${client.name} 已经和 ${partner.name} 共享。`,
              `${client.name} is shared with ${partner.name} already.`,
            )
      }
      const others = shares.filter((each) => each !== known)
      const after = backup ? others.map((each) => ({ ...each, backup: false })) : others
      const share: Share = {
        staffId: partner.staffId,
        unitId: partner.unitId,
        backup: backup || (known?.backup ?? false),
        since: known ? known.since : at.today,
        until: until ?? known?.until ?? null,
        reason: reason ?? known?.reason ?? null,
      }
      return { ...facts, after: [...after, share] }
    },
    async save(tx, { client, partner, shares, after }, { who, tell, actId, at: { today } }) {
      await changeShares(tx, client.id, { before: shares, after }, { actId, today })
      const share = after.find(ofPartner(partner))
      for (const staffId of await peopleOf(tx, [partner])) {
        await tell(staffId, (language) =>
          sharedCard(
            who.name,
            client,
            {
              backup,
              terms: share ? termsSaid(share, language) : '',
              toLine: partner.unitId !== null,
            },
            language,
          ),
        )
      }
    },
    reply({ client, partner, after }, _facts, { say, who }) {
      const share = after.find(ofPartner(partner))
      const terms = share ? termsSaid(share, who.language) : ''
      return textCard(
        backup
          ? say(
              `**${client.name}** 的 B 角是 ${partner.name}：也能看到和服务，离岗交接时优先给他。`,
              `${partner.name} backs up **${client.name}**: may serve the client, and gets it first at a hand-over.`,
            ) + terms
          : say(
              `**${client.name}** 已和 ${partner.name} 共享，客户仍在${client.ownerName}名下。`,
              `**${client.name}** is shared with ${partner.name}; it stays with ${client.ownerName}.`,
            ) + terms,
        undoRow(say),
      )
    },
  })

/** A colleague, or a department of another line, may see and serve a client too. */
export const shareClient = share(false)
/** The colleague who gets a client first when its owner leaves. */
export const backUpClient = share(true)

export const unshareClient = command<Input, Facts, Changed>({
  name: 'unshare',
  may: policy.shareClient,
  undoable: true,
  help: {
    usage: { zh: '取消共享 张三 王五', en: 'unshare Zhang Lee' },
    purpose: {
      zh: '同事或部门不再看到这位客户',
      en: 'the colleague or department no longer sees the client',
    },
  },
  phrases: UNSHARE_PHRASES,
  input,
  load: (tx, asked, asker) => load(tx, asked, asker, 'unshare'),
  decide(facts): Changed | Refusal {
    const { client, partner, shares } = facts
    const after = shares.filter((share) => !ofPartner(partner)(share))
    return after.length < shares.length
      ? { ...facts, after }
      : refuse(
          `${client.name} 没有和 ${partner.name} 共享。`,
          `${client.name} is not shared with ${partner.name}.`,
        )
  },
  save: (tx, { client, shares, after }, { actId, at: { today } }) =>
    changeShares(tx, client.id, { before: shares, after }, { actId, today }),
  reply: ({ client, partner }, _facts, { say }) =>
    textCard(
      say(
        `**${client.name}** 不再和 ${partner.name} 共享。`,
        `**${client.name}** is no longer shared with ${partner.name}.`,
      ),
      undoRow(say),
    ),
})
