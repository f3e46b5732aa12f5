import { describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'
import { fileOf, rewritten } from '../support/playbook-book.ts'
import { branchWeek } from './branch-week.ts'

/** A kind that leads nowhere, with a word that another has. */
const OWN_KIND = ['partner', '等合伙人', 'waits', '没人接', 'partner', '有意向', '无']

describe.each(DATABASES)('a week of a branch on %s', (kind) => {
  const bank = branchWeek(() => openBank(kind))

  test('a paper of 30 MB is not kept, and what to send instead is said', async () => {
    const paper = Buffer.alloc(30 << 20)
    const cards = await bank().sendFile('K1', '产品.pdf', paper, '新增资料 房抵贷 产品页')
    expect(JSON.stringify(cards)).toMatch(/MB/)
    expect(await bank().rows('select 1 from paper')).toHaveLength(1)
  })

  test('a catalogue whose kinds lead nowhere or share a word is not taken, though another file was asked for', async () => {
    await play(bank(), 'K1> 新增资料 房抵贷\n请发"房抵贷"的图片或文件')
    const exported = fileOf(await bank().say('K1', '打法 导出'))
    const book = await rewritten(exported, (sheet, rows) =>
      sheet.includes('Outcomes') ? [...rows, [...OWN_KIND, ...Array(7).fill(null), '是']] : rows,
    )
    const said = (await bank().sendFile('K1', '打法.xlsx', book)).map(render).join('\n')
    expect(said).toContain('登记之后没有下一步，客户会被忘掉')
    expect(said).toContain('"没人接"已经是"没接"的说法')
    const drafts = `select 1 from edition where kind = 'playbook' and status = 'draft'`
    expect(await bank().rows(drafts)).toEqual([])
    expect(await bank().rows('select 1 from paper')).toHaveLength(1)
  })

  test('a recording that nobody can read gets a sentence, and what was asked waits on', async () => {
    await play(bank(), 'M1> 算了')
    await play(bank(), 'M1> 提醒我 带合同\n什么时候提醒？')
    const recording = new Uint8Array([0x23, 0x21, 0x41])
    const said = (await bank().speak('M1', recording)).map(render).join('\n')
    expect(said).toContain('语音')
    await play(bank(), 'M1> 12月9日下午3点\n下午3点 提醒您：带合同')
  })
})
