import { expect, test } from 'vitest'
import type { PersonOnFile } from '../../../src/features/people/post/rules.ts'
import { type ContactList, contactsSay } from '../../../src/features/roster/contact-rules.ts'
import type { Roster } from '../../../src/features/roster/rules.ts'

const unit = (code: string, name: string, kind: 'team' | 'branch' | 'head-office', parent = '') => {
  return { id: code, code, name, kind, parent: parent || null, anchored: false } as const
}
const person = (code: string, name: string, at: string, wecom: string[] = []): PersonOnFile => ({
  ...{ id: code, code, name, role: 'manager', unit: at, phone: null, email: null, active: true },
  ...{ slack: [], wecom, disowned: [], clients: 0 },
})
const roster: Roster = {
  units: [
    unit('HQ', '示范银行', 'head-office'),
    unit('B1', '城东支行', 'branch', 'HQ'),
    unit('B2', '城西支行', 'branch', 'HQ'),
    unit('T1', '一队', 'team', 'B1'),
    unit('T2', '一队', 'team', 'B2'),
  ],
  people: [
    person('M1', '周敏', 'T1'),
    person('M2', '何勇', 'T1'),
    person('M3', '何勇', 'T1'),
    person('M4', '周敏', 'T2'),
    person('M5', '李静', 'T1', ['lijing']),
    { ...person('M6', '离人', 'T1'), active: false },
    { ...person('M7', '白露', 'T1'), disowned: ['bailu'] },
  ],
  lines: [],
}
const contacts = (...members: [userId: string, name: string, ...departments: number[]][]) =>
  ({
    departments: [
      { id: 1, name: '示范银行股份有限公司', parentId: 0 },
      { id: 2, name: '城东支行', parentId: 1 },
      { id: 3, name: '城西支行', parentId: 1 },
      { id: 4, name: '一队', parentId: 2 },
      { id: 5, name: '一队', parentId: 3 },
      { id: 6, name: '工会', parentId: 1 },
    ],
    members: members.map(([userId, name, ...departmentIds]) => ({ userId, name, departmentIds })),
  }) satisfies ContactList

/** What changes of whom, as `M1 wecom=zhoumin`. */
function changesOf(list: ContactList, answers = new Map<string, string | null>()) {
  const { said, questions, notes } = contactsSay(list, roster, answers)
  const changes = (said.people ?? []).flatMap(({ says }) => {
    const known = roster.people.find(({ code }) => code === says.code)
    return [
      ...(says.wecom ? [`${says.code} wecom=${says.wecom}`] : []),
      ...(says.unit === known?.unit ? [] : [`${says.code} unit=${says.unit}`]),
    ]
  })
  return { changes, questions, notes: notes.map(({ zh }) => zh).join() }
}

test('a member is whoever bears the name in the unit that the department is', () => {
  const list = contacts(['zhoumin', '周敏', 4], ['zhoumin2', '周敏', 5])
  expect(changesOf(list).changes).toEqual(['M1 wecom=zhoumin', 'M4 wecom=zhoumin2'])
})

test('where two fit it is asked, and what is answered is done', () => {
  const list = contacts(['heyong', '何勇', 4])
  const { changes, questions } = changesOf(list)
  expect(changes).toEqual([])
  expect(questions.map(({ people }) => people.map(({ code }) => code))).toEqual([['M2', 'M3']])
  expect(changesOf(list, new Map([['heyong', 'M3']])).changes).toEqual(['M3 wecom=heyong'])
  expect(changesOf(list, new Map([['heyong', null]]))).toMatchObject({ changes: [], questions: [] })
})

test('of two members of a name neither is taken for the one person', () => {
  const list = contacts(['zhoumin', '周敏', 4], ['zhouminX', '周敏', 4])
  expect(changesOf(list)).toMatchObject({ changes: [], questions: [{}, {}] })
})

test('whoever is known by an account moves with their department, unless they are in several', () => {
  expect(changesOf(contacts(['LiJing', '李静（休假）', 5])).changes).toEqual(['M5 unit=T2'])
  expect(changesOf(contacts(['lijing', '李静', 4, 5])).changes).toEqual([])
  expect(changesOf(contacts(['lijing', '李静', 6])).changes).toEqual([])
})

test('who is in another unit, left, said it is not theirs, or is nobody on file is named alone', () => {
  const list = contacts(
    ['he', '何勇', 5],
    ['li', '离人', 4],
    ['bailu', '白露', 4],
    ['x', '生人', 4],
  )
  const { changes, notes } = changesOf(list)
  expect(changes).toEqual([])
  expect(notes).toContain('何勇 he、离人 li、白露 bailu、生人 x')
  expect(notes).toContain('没有同名机构的部门（没有动）：工会')
})

test('nobody leaves because the app does not see them', () => {
  const { said } = contactsSay(contacts(), roster, new Map())
  expect(said.people?.map(({ says }) => says.code)).toEqual(['M1', 'M2', 'M3', 'M4', 'M5', 'M7'])
  expect([said.units, said.lines]).toEqual([null, null])
})

test('departments that name each other as their parents end', () => {
  const round = {
    departments: [
      { id: 1, name: 'a', parentId: 2 },
      { id: 2, name: 'b', parentId: 1 },
    ],
  }
  expect(contactsSay({ ...round, members: [] }, roster, new Map()).questions).toEqual([])
})
