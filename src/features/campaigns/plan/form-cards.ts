import type { Moment } from '../../../bot/moment.ts'
import { addDays } from '../../../core/calendar/time.ts'
import type { Card, FormField } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type { Register } from '../../registers/rules.ts'
import type { Campaign } from '../rules.ts'

/** What the form is filled in with. */
export interface PlanForm {
  /** The plan to be changed; null for a new one. */
  readonly campaign: Campaign | null
  /** The audience in words; of a new plan, the writer's own unit. */
  readonly audience: readonly string[]
  /** The segments to choose from, by name. */
  readonly segments: readonly string[]
  /** Units and people that it may be for, and the names of the registers, to pick from. */
  readonly audiences: readonly string[]
  readonly registers: Readonly<Record<Register, readonly string[]>>
  readonly at: Moment
}

/** The form of a plan; of a running campaign only what may still change. */
export function planFormCard(
  { campaign, audience, segments, audiences, registers, at }: PlanForm,
  language: Language,
): Card {
  const say = speaker(language)
  const list = (all: readonly string[] | undefined) => (all ?? []).join('、')
  const optional = (name: string, label: string, value: string, hint: string): FormField => ({
    ...{ name, label, type: 'text', required: false },
    ...{ value, hint },
  })
  const extra = (field: FormField, known: readonly string[] = []): FormField => ({
    ...field,
    ...(known.length > 0 && { known, several: true }),
    extra: true,
  })
  const number = (name: string, label: string, value: number | null | undefined): FormField =>
    extra(
      optional(name, label, value ? String(value) : '', say('客户数，可不填', 'clients; optional')),
    )
  const all = say('不填即全部', 'blank: all')
  const fields: FormField[] = [
    {
      name: 'name',
      label: say('名称', 'Name'),
      type: 'text',
      required: true,
      value: campaign?.name ?? '',
      hint: say('打标时要写，短一点好', 'short, as people type it'),
    },
    {
      name: 'startsOn',
      label: say('开始', 'First day'),
      type: 'date',
      required: true,
      value: campaign?.startsOn ?? at.today,
    },
    {
      name: 'endsOn',
      label: say('结束', 'Last day'),
      type: 'date',
      required: true,
      value: campaign?.endsOn ?? addDays(at.today, 13),
    },
    {
      name: 'audience',
      label: say('发给谁', 'Audience'),
      type: 'text',
      required: true,
      value: list(audience),
      known: audiences,
      several: true,
      hint: say('机构、团队或同事，用顿号隔开', 'branches, teams or people, with commas'),
    },
    {
      name: 'talkingPoints',
      label: say('话术', 'Talking points'),
      type: 'long-text',
      required: true,
      value: campaign?.talkingPoints ?? '',
    },
    {
      ...optional(
        'products',
        say('产品', 'Products'),
        list(campaign?.products.map((code) => productLabel(at.catalogue, code, language))),
        say('如 流贷、结算卡', 'such as loan, settlement card'),
      ),
      known: at.catalogue.map(({ code }) => productLabel(at.catalogue, code, language)),
      several: true,
    },
    ...(segments.length > 0
      ? [
          {
            name: 'segment',
            label: say('客群', 'Segment'),
            type: 'choice' as const,
            required: false,
            value: campaign?.segment ?? '',
            options: [
              { label: say('不限', 'any'), value: '' },
              ...segments.map((name) => ({ label: name, value: name })),
            ],
          },
        ]
      : []),
    extra(
      optional(
        'controlShare',
        say('对照（留出不营销的比例）', 'Control (share held out)'),
        campaign?.controlShare ? `${campaign.controlShare}%` : '',
        say('如 10%；不填即不留', 'such as 10 %; blank: nobody'),
      ),
    ),
    extra(
      optional('regions', say('区域', 'Regions'), list(campaign?.regions), all),
      registers.region,
    ),
    extra(
      optional('industries', say('行业', 'Industries'), list(campaign?.industries), all),
      registers.industry,
    ),
    extra(
      optional('clusters', say('集群', 'Clusters'), list(campaign?.clusters), all),
      registers.cluster,
    ),
    number('targetReached', say('目标：触达', 'Target: reached'), campaign?.targets.reached),
    number(
      'targetInterested',
      say('目标：有意向', 'Target: interested'),
      campaign?.targets.interested,
    ),
    number('targetApplied', say('目标：申请', 'Target: applied'), campaign?.targets.applied),
    number('targetGranted', say('目标：放款', 'Target: granted'), campaign?.targets.granted),
  ]
  const title = campaign
    ? say(`修改"${campaign.name}"`, `Change "${campaign.name}"`)
    : say('新的营销活动', 'A new campaign')
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title,
          submit: say('保存并预览', 'Save and preview'),
          intent: {
            command: 'save-campaign',
            input: campaign ? { campaignId: campaign.id } : {},
          },
          fields,
        },
      },
    ],
  }
}
