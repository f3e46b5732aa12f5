import { newId } from '../../src/core/ids.ts'
import { type Actor, ROLES, type Role } from '../../src/core/staff.ts'
import type { Database, Queries } from '../../src/infra/database/index.ts'
import { svgToPng } from '../../src/infra/pictures/picture.ts'

/** Whose something is, seen from who asks: the columns of the table. */
export const PLACES = ['own', 'colleague', 'team', 'branch'] as const
export type Place = (typeof PLACES)[number]

export const DAY = '2026-11-23'
export const NOW = '2026-11-23T02:00:00Z'

const UNITS = {
  HQ: ['head-office', '/HQ/'],
  B1: ['branch', '/HQ/B1/'],
  B2: ['branch', '/HQ/B2/'],
  T1: ['team', '/HQ/B1/T1/'],
  T2: ['team', '/HQ/B1/T2/'],
  T3: ['team', '/HQ/B2/T3/'],
  D1: ['department', '/HQ/D1/'],
  D2: ['department', '/HQ/D2/'],
} as const

/** How a previewed book was understood. */
const BOOK = {
  tables: [
    {
      ...{ sheet: '客户', kind: 'client', layout: '', chosen: {}, recalled: null, samples: [] },
      columns: [{ title: '客户名', place: 0, column: 'name', barred: null }],
    },
  ],
}

/** Who works where: a letter for the role, and nobody bears another's code as a name. */
const STAFF: Readonly<Record<string, readonly [Role, keyof typeof UNITS]>> = {
  M1: ['manager', 'T1'],
  M2: ['manager', 'T1'],
  M3: ['manager', 'T2'],
  M4: ['manager', 'T3'],
  L1: ['lead', 'T1'],
  L2: ['lead', 'T1'],
  L3: ['lead', 'T2'],
  L4: ['lead', 'T3'],
  H1: ['head', 'B1'],
  K1: ['marketing', 'HQ'],
  K2: ['marketing', 'HQ'],
  R1: ['risk', 'HQ'],
  R2: ['risk', 'HQ'],
  O1: ['line', 'D1'],
  O2: ['line', 'D1'],
  S1: ['staff', 'T1'],
}

const CAMPAIGNS = {
  campaign: 'running',
  'draft campaign': 'draft',
  'submitted campaign': 'submitted',
  /** Whoever publishes it, it is for team 2. */
  'campaign of another team': 'running',
}

/** Who asks, by role. */
const ASKERS: Readonly<Record<Role, string>> = {
  ...{
    manager: 'M1',
    lead: 'L1',
    head: 'H1',
    marketing: 'K1',
    risk: 'R1',
    line: 'O1',
    staff: 'S1',
  },
}

/** Something that a command is about, and who asks where it is not the role's usual person. */
export interface Thing {
  /** As inputs name it: an id or a code. */
  readonly id: string
  readonly who?: Actor
  /** How an answer names it. */
  readonly name?: string
}

/** Somebody who complains of whoever serves them. */
const OF_STAFF = 'client against staff'

const NOWHERE = { phone: null, email: null, slack: null, wecom: null }

/** Roles that confirm as the second person, and the unit and role of whom it is about. */
const CONFIRMED = {
  head: ['lead', 'T1'],
  marketing: ['marketing', 'HQ'],
  risk: ['risk', 'HQ'],
} as const

/** What there is to be asked about in the bank, by noun and place; undefined: there is no such thing. */
export interface PolicyBank {
  readonly askers: Readonly<Record<Role, Actor>>
  thing(about: string, role: Role, place: Place): Thing | undefined
  /** Puts a file on file as this person's; resolves to its id. */
  upload(code: string, name: string, bytes: Uint8Array): Promise<string>
}

/** One bank for every cell: what is asked of it is rolled back. */
export async function fillBank(database: Database): Promise<PolicyBank> {
  const photo = newId()
  const ids = new Map<string, string>()
  const idOf = (name: string): string => {
    const id = ids.get(name) ?? newId()
    ids.set(name, id)
    return id
  }
  const putUpload = (tx: Queries, id: string, code: string, name: string, bytes: Uint8Array) =>
    tx.$executeRaw`
      insert into upload (id, staff_id, name, bytes, at)
      values (${id}::uuid, ${idOf(code)}::uuid, ${name},
        decode(${Buffer.from(bytes).toString('base64')}, 'base64'), ${NOW}::timestamptz)`

  const absence = (code: string) => ({
    ...{ id: newId(), act_id: newId(), staff_id: idOf(code), stand_in_id: idOf('R2') },
    ...{ from_day: '2026-12-24', until_day: '2026-12-25', entered_at: NOW },
  })

  const putLink = (tx: Queries, id: string, code: string, whose: object) =>
    put(tx, 'referral_link', [{ id, code, created_at: NOW, ...whose }])

  await database.transaction(async (tx) => {
    for (const [code, [kind, path]] of Object.entries(UNITS)) {
      const parent = path.split('/').at(-3)
      const parent_id = parent ? idOf(parent) : null
      await put(tx, 'unit', [{ id: idOf(code), code, name: `单位${code}`, kind, path, parent_id }])
    }
    const staff = Object.entries(STAFF)
    await put(
      tx,
      'staff',
      staff.map(([code, [role, unit]]) => ({
        ...{ id: idOf(code), code, name: `员工${code}`, role, unit_id: idOf(unit) },
        ...{ language: 'zh', active: true, joined_on: '2020-01-01' },
      })),
    )
    const pixel = await svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    await putUpload(tx, photo, 'M1', 'photo.png', pixel)
    // Of everybody one account that was always theirs and one that came today.
    for (const joined_at of [null, NOW]) {
      await put(
        tx,
        'account',
        staff.map(([code]) => ({
          ...{ channel: joined_at ? 'new' : 'console', external_id: code, staff_id: idOf(code) },
          ...{ conversation: `console:${code}`, last_seen_at: NOW, joined_at, reachable: true },
        })),
      )
    }
    for (const [code, [role, unit]] of staff) await fillFor(tx, code, role, UNITS[unit][1])
    for (const [role, [newRole, unit]] of Object.entries(CONFIRMED)) {
      // Of one, whoever asked would confirm it else; of the other, somebody else asked.
      for (const by of ['own', 'colleague']) {
        const id = idOf(`request ${role} ${by}`)
        const after = { code: id.slice(-9), name: '新人', role: newRole, unit, ...NOWHERE }
        await put(tx, 'request', [
          {
            ...{ id, kind: 'post', subject: id, payload: { before: null, after } },
            ...{ asked_by: idOf(by === 'own' ? ASKERS[role as Role] : 'S1'), asked_at: NOW },
            ...{ expires_at: '2026-12-07T02:00:00Z', status: 'asked' },
          },
        ])
      }
    }
    await put(tx, 'points_rule', [
      {
        ...{ id: idOf('points'), unit_path: '/HQ/', from_day: DAY, until_day: '2026-12-31' },
        ...{ counts_from: DAY, for_details: 10, for_contact: 0, for_loan: 0, clients: true },
        ...{ staff: true, managers: true, budget: 1000, confirmed_at: NOW },
      },
    ])
    await put(tx, 'referral_entry', [
      {
        ...{ id: idOf('earning entry'), link_id: idOf('link S1'), status: 'accepted' },
        ...{ credit: 'first', consent_version: 1, entered_at: NOW },
      },
    ])
    await put(tx, 'points_posting', [
      {
        ...{ entry_id: idOf('earning entry'), stage: 'details', round: 1, kind: 'earned' },
        ...{ rule_id: idOf('points'), points: 10, day: DAY, posted_at: NOW },
      },
    ])
    await put(tx, 'request', [
      {
        ...{ id: idOf('payout'), kind: 'points-payout', subject: 'points' },
        ...{ payload: { period: 'all', until: DAY, people: 1, points: 10, digest: '' } },
        ...{ asked_by: idOf('S1'), asked_at: NOW, expires_at: '2026-12-07T02:00:00Z' },
        status: 'asked',
      },
    ])
    await put(tx, 'register_entry', [
      { id: idOf('cluster'), register: 'cluster', name: '五金市场', recorded_at: NOW },
      { id: idOf('east'), register: 'region', name: '城东', recorded_at: NOW },
      { id: idOf('spelling'), register: 'cluster', name: '五金城', recorded_at: NOW },
    ])
    await put(tx, 'register_name', [
      { register: 'cluster', key: '五金市场', name: '五金市场', entry_id: idOf('cluster') },
      { register: 'region', key: '城东', name: '城东', entry_id: idOf('east') },
      { register: 'cluster', key: '五金城', name: '五金城', entry_id: idOf('spelling') },
    ])
    await put(tx, 'share', [
      { client_id: idOf('shared client'), staff_id: idOf('M1'), backup: false },
    ])
  })

  /** All that is somebody's: a client with what hangs on it, a campaign, an event, a link, a message. */
  async function fillFor(tx: Queries, code: string, role: Role, path: string) {
    const staff_id = idOf(code)
    const of = (noun: string) => idOf(`${noun} ${code}`)
    await put(tx, 'message', [
      {
        ...{
          id: of('message'),
          channel: 'console',
          conversation: `console:${code}`,
          state: 'sent',
        },
        ...{ card: { blocks: [{ kind: 'text', text: code }] }, not_before: NOW, created_at: NOW },
      },
    ])
    await put(tx, 'act', [
      {
        ...{ id: of('act'), staff_id, channel: 'console', command: 'mute', input: {} },
        ...{ result: 'done', undoable: true, at: NOW },
      },
    ])
    await put(tx, 'second_factor', [
      { ...{ staff_id, secret: 'A', made_at: NOW, confirmed_at: NOW }, wrong: 0 },
    ])
    await put(tx, 'activity', [
      {
        ...{ id: of('activity'), name: `沙龙${code}`, place: '大堂', held_on: DAY },
        ...{ host_id: staff_id, host_path: path, code: `door${code}`, cancelled: false },
      },
    ])
    await put(tx, 'target_list', [
      {
        ...{
          id: of('list'),
          name: of('list'),
          key: of('list'),
          made_by: staff_id,
          act_id: newId(),
        },
        ...{ within: role === 'manager' ? '/nowhere/' : path, way: 'owner', filter: [] },
        ...{ talking_points: '问候', starts_on: DAY, ends_on: DAY, made_at: NOW },
      },
    ])
    await put(tx, 'segment', [
      {
        ...{ id: newId(), name: of('segment'), key: of('segment'), filter: [], saved_at: NOW },
        ...{ made_by: staff_id, within: role === 'manager' ? null : path },
      },
    ])
    await put(tx, 'reminder', [
      {
        ...{ id: of('reminder'), staff_id, act_id: newId(), made_at: NOW },
        ...{ due_on: DAY, due_time: '15:00', note: '带合同' },
      },
    ])
    await put(tx, 'import', [
      {
        ...{ id: of('import'), staff_id, file_name: '客户.xlsx', sha256: '', state: 'preview' },
        kind: role === 'risk' ? 'negative' : 'clients',
        ...{ next: 0, rows: 1, mapping: BOOK, counts: {}, attempts: 0, started_at: NOW },
      },
    ])
    await put(tx, 'import_row', [
      {
        ...{ import_id: of('import'), number: 1, kind: 'client', sheet: 0, line: 2, says: {} },
        ...{ cells: [], keys: [], hashes: [], verdict: 'rejected', reason: 'no-name' },
        ...{ other_owner: false, written: false },
      },
    ])
    await putLink(tx, of('link'), `code${code.toLowerCase()}x`, { staff_id })
    await put(tx, 'referral_entry', [
      {
        ...{ id: of('held entry'), link_id: of('link'), status: 'held', name: '来客' },
        ...{ phone: '+8613700000000', consent_version: 1, language: 'zh', via: 'tap' },
        ...{ evidence: {}, receipt: newId(), entered_at: NOW },
      },
    ])
    const campaigns = role === 'manager' ? [] : Object.entries(CAMPAIGNS)
    for (const [index, [noun, state]] of campaigns.entries()) {
      await put(tx, 'campaign', [
        {
          ...{ id: of(noun), name: `活动${index}${code}`, status: state, publisher_id: staff_id },
          ...{ publisher_path: path, starts_on: DAY, ends_on: '2026-12-31', regions: [] },
          ...{ industries: [], clusters: [], products: [], talking_points: '', created_at: NOW },
          ...{ audience_paths: [noun.endsWith('team') ? UNITS.T2[1] : path], audience_staff: [] },
        },
      ])
    }
    if (role === 'manager' || role === 'lead') {
      await putClient(tx, `client ${code}`, code)
      await put(tx, 'target_list_row', [
        { list_id: of('list'), client_id: of('client'), task_id: idOf(`task of client ${code}`) },
      ])
    }
    if (role === 'manager' || role === 'lead') await put(tx, 'absence', [absence(code)])
    if (['M1', 'M2', 'L1'].includes(code)) await putClient(tx, `${OF_STAFF} ${code}`, code)
    if (code === 'L1') {
      await putClient(tx, 'claimed client', 'M2')
      await put(tx, 'outcome', [
        {
          ...{ id: newId(), act_id: newId(), client_id: idOf('claimed client'), staff_id },
          ...{ kind: 'granted', stage: 'granted', logged_on: DAY, logged_at: NOW },
        },
      ])
    }
    if (code === 'M4') {
      await putClient(tx, 'shared client', code)
      await putClient(tx, 'client of a task', code, 'M1')
    }
    if (role === 'marketing' || role === 'risk') {
      await putClient(tx, `moved ${code}`, 'M4')
      const client_id = idOf(`moved ${code}`)
      await put(tx, 'tier_change', [
        {
          ...{ id: of('move'), client_id, from: 'C', to: role === 'risk' ? 'F' : 'E', told: 0 },
          ...{ standard_version: 1, changed_on: DAY, status: 'pending', approver_role: role },
        },
      ])
      await put(tx, 'fact_entry', [
        {
          ...{ id: newId(), act_id: newId(), client_id, staff_id, fact: 'vices', after: true },
          recorded_at: NOW,
        },
      ])
    }
  }

  async function putClient(tx: Queries, name: string, owner: string, worker = owner) {
    const id = idOf(name)
    const of = (noun: string) => idOf(`${noun} of ${name}`)
    await put(tx, 'client', [
      {
        ...{
          id,
          kind: 'existing',
          name: `客户 ${name}`,
          pinyin: name,
          initials: name,
          source: 'list',
        },
        ...{ owner_id: idOf(owner), negative_list: false, contacts: [], entered_at: NOW },
      },
    ])
    await put(tx, 'client_tier', [
      {
        ...{ client_id: id, tier: 'C', decided: 'C', provisional: false, standard_version: 1 },
        since: DAY,
      },
    ])
    await put(tx, 'task', [
      {
        ...{ id: of('task'), manager_id: idOf(worker), client_id: id, kind: 'call', due_on: DAY },
        ...{
          status: 'open',
          priority: 50,
          reason: 'quiet',
          attempt: 0,
          postponed: 0,
          escalation: 3,
          created_at: NOW,
        },
      },
    ])
    await put(tx, 'visit', [
      {
        ...{ id: of('visit'), act_id: newId(), client_id: id, staff_id: idOf(owner), note: '到店' },
        ...{ photo_id: photo, visited_on: DAY, logged_at: NOW },
      },
    ])
    await put(tx, 'client_document', [
      {
        ...{ id: of('document'), client_id: id, name: '门头', kind: 'premises', upload_id: photo },
        ...{ sha256: '0'.repeat(64), size: 1, recorded_at: NOW },
      },
    ])
    await put(tx, 'complaint', [
      {
        ...{ id: newId(), act_id: newId(), client_id: id, task_id: of('task') },
        registered_by: idOf(owner),
        ...{ about: '扣费', due_on: '2026-11-30', status: 'open', registered_at: NOW },
        about_staff_id: name.startsWith(OF_STAFF) ? idOf(owner) : null,
      },
    ])
    for (const addressee of ['manager', 'risk']) {
      await put(tx, 'enquiry', [
        {
          ...{ id: of(`question for ${addressee}`), act_id: newId(), client_id: id, addressee },
          ...{ asked_by: idOf('K1'), question: '流水为什么掉了？', due_on: DAY, asked_at: NOW },
          ...{ status: 'open', late: false },
        },
      ])
    }
    await put(tx, 'erasure', [
      {
        ...{ id: of('erasure'), client_id: id, asked_by: idOf(owner), ground: '本人要求' },
        ...{ asked_at: NOW, expires_at: '2026-12-07T02:00:00Z', status: 'asked' },
      },
    ])
    await putLink(tx, of('link'), `c${id.slice(-10)}`, { client_id: id })
    const unit = { 'client M1': 'D1', 'client M2': 'D2' }[name]
    if (unit) {
      const list = idOf(`list ${unit}`)
      await put(tx, 'hand_over', [{ id: list, unit_id: idOf(unit), sent_on: DAY }])
      await put(tx, 'need', [
        {
          ...{ id: of('need'), client_id: id, registered_by: idOf(owner), product: 'payroll' },
          ...{ line: 'corporate', urgency: 'soon', status: 'open', registered_at: NOW },
        },
      ])
      await put(tx, 'hand_over_row', [
        {
          id: idOf(`row ${unit}`),
          hand_over_id: list,
          need_id: of('need'),
          number: 1,
          status: 'sent',
        },
      ])
    }
  }

  const actor = (code: string, standsInFor: readonly string[] = []): Actor => {
    const [role, unit] = STAFF[code] ?? ['staff', 'HQ']
    return {
      ...{ id: idOf(code), code, name: `员工${code}`, role, language: 'zh' },
      ...{ unitId: idOf(unit), unitPath: UNITS[unit][1], standsInFor },
    }
  }
  const askers = Object.fromEntries(ROLES.map((role) => [role, actor(ASKERS[role])]))
  return {
    askers: askers as Record<Role, Actor>,
    thing(about, role, place) {
      const asker = ASKERS[role]
      const [code, lead] = [
        { own: asker, colleague: 'M2', team: 'M3', branch: 'M4' }[place],
        { own: asker, colleague: 'L2', team: 'L3', branch: 'L4' }[place],
      ]
      const named = (name: string, who?: Actor) => {
        const id = ids.get(name)
        return id ? { id, ...(who && { who }) } : undefined
      }
      const standIn = actor(asker, [idOf('M3')])
      const shown = (noun: string, name: string) => {
        const id = ids.get(noun)
        return id ? { id, name } : undefined
      }
      switch (about) {
        case 'guest':
        case 'listed task':
        case 'listed complaint':
          return shown(`client ${code}`, `客户 client ${code}`)
        case 'listed client':
          return shown(code, `客户 client ${code}`)
        case 'listed activity':
          return shown(`activity ${code}`, `沙龙${code}`)
        case 'listed campaign':
          return shown(`campaign ${lead}`, `活动0${lead}`)
        case 'client':
        case 'message':
        case 'import':
        case 'activity':
        case 'reminder':
        case 'segment':
        case 'held entry':
        case OF_STAFF:
          return named(`${about} ${code}`)
        case 'list':
          return named(`list ${role === 'manager' ? code : lead}`)
        case 'segment of a unit':
          return named(`segment ${role === 'manager' && place === 'own' ? 'L1' : lead}`)
        case 'task':
        case 'task, to be left alone':
          return named(`task of client ${code}`)
        case 'visit':
        case 'document':
        case 'question for manager':
        case 'question for risk':
        case 'erasure':
          return named(`${about} of client ${code}`)
        case 'erasure of a lead':
          return place === 'own' ? undefined : named(`erasure of client ${lead}`)
        case 'stand-in client':
          return place === 'team' ? named('client M3', standIn) : undefined
        case 'stand-in task':
          return place === 'team' ? named('task of client M3', standIn) : undefined
        case 'shared client':
        case 'client of a task':
          return place === 'branch' ? named(about) : undefined
        case 'claimed client':
          return role === 'lead' && place === 'own' ? named(about) : undefined
        case 'campaign':
        case 'draft campaign':
        case 'submitted campaign':
        case 'campaign of another team':
          return named(`${about} ${lead}`)
        case 'move': {
          const others = role === 'risk' ? ['R2', 'K2'] : ['K2', 'R2']
          const maker = { own: asker, colleague: others[0], team: others[1], branch: '' }[place]
          return named(`move ${maker}`)
        }
        case 'row':
          return named(`row ${{ own: 'D1', team: 'D2', colleague: '', branch: '' }[place]}`)
        case 'client code': {
          const link = ids.get(`client ${code}`)
          return link ? { id: `c${link.slice(-10)}` } : undefined
        }
        case 'code':
          return { id: `code${code.toLowerCase()}x` }
        case 'account':
        case 'person':
        case 'person who is away':
          return { id: code }
        case 'lead':
          return place === 'own' ? undefined : { id: lead }
        case 'unit':
        case 'unit for a lead': {
          const unit = { own: STAFF[asker]?.[1], team: 'T2', branch: 'T3', colleague: '' }[place]
          return unit ? { id: unit } : undefined
        }
        case 'request': {
          const others = role === 'head' ? 'risk' : 'head'
          if (place === 'team') return named(`request ${others} colleague`)
          return named(`request ${role} ${place}`)
        }
        case 'draft':
          return { own: { id: '' }, colleague: { id: '', who: actor('K2') } }[place as string]
        case 'upload':
          return { own: { id: asker }, colleague: { id: 'S1' } }[place as string]
        default:
          throw new Error(`there is no ${about} in the bank`)
      }
    },
    async upload(code, name, bytes) {
      const id = newId()
      await putUpload(database.prisma, id, code, name, bytes)
      return id
    },
  }
}

/** Inserts rows; columns that are not given have their defaults. */
async function put(tx: Queries, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map((column) => `"${column}"`)
    .join(', ')
  await tx.$executeRawUnsafe(
    `insert into ${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    JSON.stringify(rows),
  )
}
