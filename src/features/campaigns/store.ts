import type { Day } from '../../core/calendar/time.ts'
import { Choice, type Refusal } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'
import { toDay } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import { clientFilter } from '../clients/filter/rules.ts'
import { noCampaign, seeCampaign } from './policy.ts'
import { APPROVAL_ABOVE, type Campaign, type Status } from './rules.ts'

interface Row extends Omit<Campaign, 'startsOn' | 'endsOn' | 'targets' | 'filter'> {
  filter: unknown
  startsOn: Date
  endsOn: Date
  targetReached: number | null
  targetInterested: number | null
  targetApplied: number | null
  targetGranted: number | null
}

const SELECT = `
  select campaign.id, campaign.name, status, publisher_id as "publisherId",
    staff.name as "publisherName", publisher_path as "publisherPath", starts_on as "startsOn",
    ends_on as "endsOn", regions, industries, clusters, segment, filter,
    control_share as "controlShare", products, talking_points as "talkingPoints", audience_paths as "audiencePaths",
    audience_staff as "audienceStaff", target_reached as "targetReached",
    target_interested as "targetInterested", target_applied as "targetApplied",
    target_granted as "targetGranted"
  from campaign join staff on staff.id = publisher_id`

function toCampaign(row: Row): Campaign {
  const { targetReached, targetInterested, targetApplied, targetGranted, ...campaign } = row
  return {
    ...campaign,
    filter: clientFilter.parse(row.filter),
    startsOn: toDay(row.startsOn),
    endsOn: toDay(row.endsOn),
    targets: {
      reached: targetReached,
      interested: targetInterested,
      applied: targetApplied,
      granted: targetGranted,
    },
  }
}

export async function campaignById(tx: Queries, id: string): Promise<Campaign | null> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(`${SELECT} where campaign.id = $1::uuid`, id)
  return row ? toCampaign(row) : null
}

/** The campaign, locked against others who change it. */
export async function lockCampaign(tx: Queries, id: string): Promise<Campaign | null> {
  await tx.$queryRaw`select id from campaign where id = ${id}::uuid for update`
  return campaignById(tx, id)
}

export async function campaignNamed(tx: Queries, name: string): Promise<Campaign | null> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(`${SELECT} where campaign.name = $1`, name)
  return row ? toCampaign(row) : null
}

/** Those in these states, the latest first. */
export async function campaignsIn(tx: Queries, states: readonly Status[]): Promise<Campaign[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `${SELECT} where status = any($1) order by starts_on desc, campaign.id desc`,
    states,
  )
  return rows.map(toCampaign)
}

/** What somebody may see: what is planned and what runs, and what ended in the last 90 days. */
export async function visibleCampaigns(tx: Queries, who: Actor, today: string) {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `${SELECT} where status <> 'withdrawn' and (status <> 'ended' or ends_on > $1::date - 90)
     order by array_position(array['running', 'paused', 'submitted', 'approved', 'draft', 'ended'],
       status), starts_on desc, campaign.id desc`,
    today,
  )
  return rows.map(toCampaign).filter((campaign) => !seeCampaign.judge(who, campaign))
}

/** How an input names a campaign: by id (a button) or by words (typed). */
export interface CampaignRef {
  readonly campaignId?: string | undefined
  readonly named?: string | undefined
}

/** The campaign that is meant, among those this person may see; several become a choice. */
export async function resolveCampaign(
  tx: Queries,
  who: Actor,
  ref: CampaignRef,
  { command, input, today }: { command: string; input: object; today: string },
): Promise<Campaign | Refusal | Choice> {
  if (ref.campaignId) {
    const campaign = await campaignById(tx, ref.campaignId)
    return campaign ? (seeCampaign.judge(who, campaign) ?? campaign) : noCampaign('')
  }
  const named = (ref.named ?? '').toLowerCase()
  const visible = await visibleCampaigns(tx, who, today)
  const matches = visible.filter(({ name }) => name.toLowerCase().includes(named))
  const exact = matches.filter(({ name }) => name.toLowerCase() === named)
  const [only] = exact.length === 1 ? exact : matches
  if (!only) return noCampaign(ref.named ?? '')
  if (matches.length === 1 || exact.length === 1) return only
  return new Choice(
    { zh: '您说的是哪个活动？', en: 'Which campaign do you mean?' },
    matches.slice(0, 9).map(({ id, name }) => ({
      label: name,
      intent: { command, input: { ...input, named: undefined, campaignId: id } },
    })),
  )
}

/** Writes a new campaign, or over the one that it was. */
export async function savePlan(
  tx: Queries,
  campaign: Campaign,
  isNew: boolean,
  now: Date,
): Promise<void> {
  const { targets, ...plan } = campaign
  const row = JSON.stringify({ ...plan, ...targets })
  const given = `from jsonb_to_record($1::jsonb) as plan (id uuid, name text, status text,
    "publisherId" uuid, "publisherPath" text, "startsOn" date, "endsOn" date, regions text[],
    industries text[], clusters text[], segment text, filter jsonb, "controlShare" int, products text[],
    "talkingPoints" text,
    "audiencePaths" text[], "audienceStaff" uuid[], reached int, interested int, applied int,
    granted int)`
  if (isNew) {
    await tx.$executeRawUnsafe(
      `insert into campaign (id, name, status, publisher_id, publisher_path, starts_on, ends_on,
         regions, industries, clusters, segment, filter, control_share, products, talking_points, audience_paths, audience_staff,
         target_reached, target_interested, target_applied, target_granted, created_at)
       select plan.*, $2::timestamptz ${given}`,
      row,
      now,
    )
    return
  }
  await tx.$executeRawUnsafe(
    `update campaign set name = plan.name, status = plan.status, starts_on = "startsOn",
       ends_on = "endsOn", regions = plan.regions, industries = plan.industries,
       clusters = plan.clusters, segment = plan.segment, filter = plan.filter,
       control_share = "controlShare", products = plan.products, talking_points = "talkingPoints",
       audience_paths = "audiencePaths", audience_staff = "audienceStaff",
       target_reached = reached, target_interested = interested, target_applied = applied,
       target_granted = granted ${given} where campaign.id = plan.id`,
    row,
  )
}

/** Sets the state; who approved it and a new last day where they are given. */
export async function setStatus(
  tx: Queries,
  id: string,
  status: Status,
  more: { readonly approvedBy?: string; readonly startsOn?: Day; readonly endsOn?: Day } = {},
): Promise<void> {
  await tx.$executeRaw`
    update campaign set status = ${status},
      approved_by = coalesce(${more.approvedBy ?? null}::uuid, approved_by),
      starts_on = coalesce(${more.startsOn ?? null}::date, starts_on),
      ends_on = greatest(coalesce(${more.startsOn ?? null}::date, starts_on),
        coalesce(${more.endsOn ?? null}::date, ends_on))
    where id = ${id}::uuid`
}

/** Whether somebody else approved a plan than published it. */
export async function wasApproved(tx: Queries, { id }: Pick<Campaign, 'id'>): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ approved: boolean }[]>`
    select coalesce(approved_by <> publisher_id, false) as approved from campaign
    where id = ${id}::uuid`
  return row?.approved ?? false
}

const APPROVAL_SETTING = 'campaigns.approval-above'

/** How many clients a plan may concern without marketing's approval. */
export async function approvalAbove(tx: Queries): Promise<number> {
  const row = await tx.setting.findUnique({ where: { key: APPROVAL_SETTING } })
  return typeof row?.value === 'number' ? row.value : APPROVAL_ABOVE
}

export async function setApprovalAbove(tx: Queries, clients: number): Promise<void> {
  await tx.setting.upsert({
    where: { key: APPROVAL_SETTING },
    create: { key: APPROVAL_SETTING, value: clients },
    update: { value: clients },
  })
}
