import { DAY } from './bank.ts'

/** What a command is tried with, about something of this id; the same words whoever asks. */
type Input = (id: string, about: string) => object

const nothing: Input = () => ({})
const client: Input = (clientId) => ({ clientId })
const task: Input = (taskId) => ({ taskId })
const campaign: Input = (campaignId) => ({ campaignId })
const upload: Input = (uploadId) => ({ uploadId })
/** With itself: whether the two are one is not asked before who may. */
const pair: Input = (clientId) => ({ keptId: clientId, mergedId: clientId })
const imported: Input = (importId) => ({ importId })
const person: Input = (code) => ({ person: code })
const code: Input = (said) => ({ code: said })
const reason = '有理由'
const numbers = ['13800138000']
const shared: Input = (id, about) =>
  about === 'person' ? { clientId: OWN_CLIENT, with: id } : { clientId: id, with: 'M2' }

const guests: Input = (id, about) =>
  about === 'guest' ? { activityId: OWN_ACTIVITY, clientIds: [id] } : { activityId: id }

/** Stands for an event of the asker's own in what is about a guest. */
export const OWN_ACTIVITY = 'own activity'
/** Stands for the asker's own client in what is about a person. */
export const OWN_CLIENT = 'own client'
/** Stands for a file that the asker sent in what is about a client. */
export const OWN_UPLOAD = 'own upload'
/** Stands for a campaign that runs for the whole bank. */
export const FOR_ALL = 'campaign for all'
const CHOICE = [{ by: 'kind', among: ['existing'] }]
const plan = { name: '新活动', startsOn: DAY, endsOn: '2026-12-20', talkingPoints: '问候' }

export const INPUTS: Readonly<Record<string, Input>> = {
  today: nothing,
  home: nothing,
  postpone: task,
  'hand-task': (taskId) => ({ taskId, to: 'M2' }),
  'log-outcome': (taskId, about) => ({
    taskId,
    outcome: about === 'task, to be left alone' ? 'do-not-contact' : 'thinking',
  }),
  'outcome-form': task,
  'new-task': (clientId) => ({ clientId, note: '送合同' }),
  'new-task-form': nothing,
  assign: (id, about) =>
    about === 'person' ? { clientId: OWN_CLIENT, to: id } : { clientId: id, to: 'M2' },
  'do-not-contact': (clientId) => ({ clientId, reason }),
  'may-contact': (clientId) => ({ clientId, reason }),
  'quiet-hours': (clientId) => ({ clientId, hours: null }),
  assigned: nothing,
  overdue: nothing,
  reassign: (taskId) => ({ taskId, to: 'M2' }),
  'keep-task': task,
  undo: nothing,
  playbook: nothing,
  'export-playbook': nothing,
  'import-playbook': upload,
  'set-playbook': () => ({ said: 'A 电话间隔 10' }),
  'try-playbook': nothing,
  'publish-playbook': () => ({ from: '2026-12-01' }),
  'drop-playbook': nothing,
  visit: (clientId) => ({ clientId, note: '到店' }),
  'visit-photo': (visitId) => ({ visitId }),
  complaint: (clientId) => ({ clientId, about: '扣费' }),
  'close-complaint': (clientId) => ({ clientId, answer: '满意' }),
  complaints: nothing,
  enquiries: nothing,
  enquire: (clientId) => ({ clientId, question: '流水为什么掉了？' }),
  'enquiry-form': client,
  'answer-enquiry': (enquiryId) => ({ enquiryId, answer: '在外行' }),
  'answer-enquiry-form': (enquiryId) => ({ enquiryId }),
  'withdraw-enquiry': (enquiryId) => ({ enquiryId }),
  'enquire-request': (requestId) => ({ requestId, question: '为什么？' }),
  'request-enquiry-form': (requestId) => ({ requestId }),
  client,
  prepare: client,
  // By whose they are, so that those of the whole bank fit on a page.
  ask: (id) => ({
    of: 'clients',
    as: 'list',
    where: [{ by: 'owner', among: [{ id, name: '某' }] }],
  }),
  'client-file': client,
  'file-history': client,
  'change-client': (clientId) => ({ clientId, address: '城东路8号' }),
  'change-form': client,
  'note-client': (clientId) => ({ clientId, note: '周末不接' }),
  'save-household': (clientId) => ({ clientId, name: '李四', relation: '配偶' }),
  'hold-products': (clientId) => ({
    clientId,
    held: { products: [{ product: 'pos', holds: true }], unknown: '' },
  }),
  'save-guarantor': (clientId) => ({ clientId, name: '王五' }),
  'thin-files': (clientId) => (clientId ? { clientId } : {}),
  'client-document': (documentId) => ({ documentId }),
  'keep-document': (id, about) =>
    about === 'upload'
      ? { clientId: OWN_CLIENT, caption: '张三 执照', uploadId: id }
      : { clientId: id, caption: '张三 执照', uploadId: OWN_UPLOAD },
  'new-client': () => ({ name: '新人', phone: '13900139000' }),
  'new-client-form': nothing,
  'confirm-loan': (clientId) => ({
    ...{ clientId, amount: 300_000, until: '2027-11-30', account: '6228001' },
  }),
  'settle-loan': client,
  'import-clients': upload,
  'import-template': nothing,
  'confirm-import': imported,
  'choose-columns': (importId) => ({
    importId,
    changes: [{ table: null, heading: '客户名', column: '姓名' }],
  }),
  'drop-import': imported,
  'import-rejects': imported,
  imports: nothing,
  'undo-import': imported,
  'place-client': (clientId) => ({ clientId, region: '城东' }),
  duplicates: nothing,
  'not-duplicate': pair,
  'merge-preview': pair,
  'merge-clients': pair,
  'split-client': client,
  tier: client,
  'tier-history': client,
  'tier-overview': (unit) => ({ unit }),
  'record-facts': (clientId) => ({ clientId, netAssets: '320万' }),
  'fact-form': client,
  'pending-moves': nothing,
  approve: (id) => ({ ids: [id] }),
  'approve-all': nothing,
  reject: (id) => ({ ids: [id], reason }),
  'reject-form': nothing,
  'show-standard': nothing,
  'show-draft': () => ({ kind: 'existing' }),
  'export-standard': nothing,
  'import-standard': upload,
  'set-limit': () => ({ at: 'A', said: '净资产 500万' }),
  'mark-industry': () => ({ industry: '餐饮', class: '前景好' }),
  'dry-run-standard': () => ({ kind: 'existing' }),
  'publish-standard': () => ({ kind: 'existing', from: '2026-12-01' }),
  'drop-draft': () => ({ kind: 'existing' }),
  'name-adjust': (clientId) => ({ clientId, reason, until: '2027-03-31' }),
  'name-exit': (clientId) => ({ clientId, reason, until: '2027-03-31' }),
  release: client,
  need: (clientId) => ({ clientId, product: '结算卡' }),
  'need-form': client,
  products: nothing,
  'change-products': () => ({ act: 'stop', named: '结算卡' }),
  lines: nothing,
  'assign-line': () => ({ named: '支付结算', department: 'D1' }),
  tag: (id, about) => {
    const [campaignId, clientId] = about === 'client' ? [FOR_ALL, id] : [id, OWN_CLIENT]
    return { campaignId, clientId, response: 'thinking' }
  },
  'tag-form': (id, about) =>
    about === 'client' ? { campaignId: FOR_ALL, clientId: id } : { campaignId: id },
  'new-campaign-form': nothing,
  'change-campaign-form': campaign,
  'save-campaign': (id, about) =>
    about.endsWith('campaign')
      ? { ...plan, campaignId: id, audience: 'T1' }
      : { ...plan, audience: id },
  'move-campaign': (campaignId, about) => ({
    campaignId,
    move: about === 'campaign' ? 'pause' : 'approve',
  }),
  'return-form': campaign,
  'campaign-approval': () => ({ clients: 500 }),
  'campaign-clients': campaign,
  'campaign-figures': campaign,
  'campaign-workbook': campaign,
  campaign: (id, about) => (about.startsWith('listed') ? {} : { campaignId: id }),
  'accept-needs': (id) => ({ rowIds: [id] }),
  'progress-needs': (id) => ({ rowIds: [id], words: '已约周四' }),
  'decline-needs': (id) => ({ rowIds: [id], reason: 'other' }),
  'finish-needs': (id) => ({ rowIds: [id], words: '已开户' }),
  'answer-form': (rowId) => ({ rowId, answer: 'finish' }),
  'find-need': () => ({ named: '1' }),
  'return-hand-over': upload,
  'hand-over-workbook': nothing,
  'department-figures': nothing,
  'hand-over-rhythm': () => ({ department: '单位D1', rhythm: { every: 'day' } }),
  'hand-over': nothing,
  'activity-form': nothing,
  'save-activity': () => ({ name: '春茶会', place: '大堂', heldOn: DAY }),
  activity: (id, about) => (about.startsWith('listed') ? {} : { activityId: id }),
  invite: guests,
  attend: guests,
  'door-code': (activityId) => ({ activityId }),
  'cancel-activity': (activityId) => ({ activityId }),
  desk: nothing,
  'my-code': nothing,
  refer: client,
  'code-poster': code,
  'code-sheet': code,
  'end-code': code,
  'my-referrals': nothing,
  'referral-figures': nothing,
  'held-referrals': nothing,
  'review-referral': (entryId) => ({ entryId, verdict: 'reject' }),
  erase: (clientId) => ({ clientId, ground: '本人要求' }),
  'confirm-erasure': (erasureId) => ({ erasureId }),
  'decline-erasure': (erasureId) => ({ erasureId }),
  absence: (id, about) => ({
    ...{ from: '2027-01-04', until: '2027-01-05' },
    ...(about === 'person' ? { standIn: id } : { person: id, standIn: 'L1' }),
  }),
  'end-absence': (id, about) => (about === 'person who is away' ? { person: id } : {}),
  'hand-client': (clientId) => ({ clientId, to: 'L2', sure: true }),
  'hand-book': (of) => ({ of, to: ['M1', 'M2'] }),
  share: shared,
  unshare: shared,
  backup: shared,
  'my-shares': nothing,
  'leave-bank': person,
  'join-bank': (unit, about) => ({
    ...{ code: 'M99', name: '张伟', unit },
    ...(about === 'unit for a lead' && { role: 'lead' }),
  }),
  'change-unit': (id, about) =>
    about === 'unit' ? { person: 'M2', unit: id } : { person: id, unit: 'T2' },
  requests: nothing,
  'confirm-request': (requestId) => ({ requestId }),
  'decline-request': (requestId) => ({ requestId }),
  settings: nothing,
  mute: () => ({ until: '2026-12-01' }),
  unmute: nothing,
  sessions: nothing,
  'reset-second-factor': () => ({ reason }),
  'end-sessions': (of) => ({ of }),
  'settle-undelivered': () => ({ ids: [], how: 'drop' }),
  'set-quota': (of) => ({ span: '2026-12', of, targets: [{ measure: 'visits', target: 3 }] }),
  'split-quota': (of) => ({ span: '2026-12', of, measure: 'visits', how: 'evenly' }),
  'quota-parts': (of) => ({ span: '2026-12', of }),
  quotas: (of) => ({ of }),
  'key-products': nothing,
  'set-key-products': () => ({ tier: 'A', products: ['结算卡'] }),
  'key-product-talk': () => ({ product: '结算卡', talk: '免年费' }),
  coverage: (of) => ({ of }),
  sources: (of) => ({ of }),
  pipeline: (of) => ({ of }),
  summary: (of) => ({ of }),
  'remind-idle': (of) => ({ of }),
  'calendar-link': nothing,
  'end-calendar-link': nothing,
  'notify-team': (code) => ({ to: [code], text: '下午开会' }),
  'remind-me': (clientId) => ({ clientId, dueOn: '2026-12-01', dueTime: '15:00', note: '带合同' }),
  segments: nothing,
  segment: (clientId, about) =>
    about === 'client' ? { where: CHOICE, clientId } : { where: CHOICE },
  'save-segment': () => ({ name: '存量户', where: CHOICE }),
  'drop-segment': (name) => ({ name }),
  'make-list': (id, about) => ({
    ...{ name: '春茶', where: CHOICE, talkingPoints: '问候' },
    audience: about === 'person' ? id : '',
  }),
  lists: nothing,
  'list-progress': (name) => ({ name }),
  'remind-list': (name) => ({ name }),
  'list-workbook': (name) => ({ name }),
  'pass-list-on': (name) => ({ name, of: 'M2', audience: 'M2' }),
  'recall-list': (name) => ({ name }),
  clusters: nothing,
  cluster: () => ({ named: '五金市场' }),
  'keep-cluster': () => ({ named: '五金市场' }),
  'visit-cluster': () => ({ named: '五金市场' }),
  'drop-reminder': (reminderId) => ({ reminderId }),
  agenda: nothing,
  'quota-sheet': nothing,
  'take-quota-sheet': upload,
  'account-sheet': nothing,
  'import-accounts': upload,
  calendar: nothing,
  'set-holidays': (unit) => ({ said: `${unit} 2027-03-01 停业` }),
  papers: nothing,
  'keep-paper': () => ({ title: '房抵贷 材料', body: '身份证' }),
  'end-paper': () => ({ paperId: '00000000-0000-4000-8000-000000000000' }),
  'paper-sheet': nothing,
  'import-papers': upload,
  'import-holidays': upload,
  'holiday-sheet': () => ({ year: 2027 }),
  'export-clients': (of) => ({ of: of || null }),
  'export-figures': nothing,
  enrol: code,
  'not-me': (externalId) => ({ channel: 'new', externalId }),
  'negative-add': () => ({ numbers, reason, until: null }),
  'negative-remove': () => ({ numbers, reason }),
  'negative-remove-form': () => ({ numbers }),
  'negative-list': () => ({ numbers }),
  'negative-import': upload,
  'negative-template': nothing,
  'exit-import': upload,
  'exit-settings': () => ({ what: 'none' }),
  'whole-card': (id) => ({ id }),
  help: nothing,
  welcome: nothing,
}
