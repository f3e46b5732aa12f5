import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { contrast, inkOn, readableOn } from '../../../src/core/colour.ts'
import { readAsking } from '../../../src/features/referrals/codes/phrases.ts'
import { pauseAfter, pictureType } from '../../../src/features/referrals/contact-codes/rules.ts'
import { type Circumstances, suspicions } from '../../../src/features/referrals/entries/rules.ts'
import { daysOf, readFigures, readPeriod } from '../../../src/features/referrals/figures/phrases.ts'
import { newStamp, proves, readStamp } from '../../../src/features/referrals/landing/guard/stamp.ts'
import { lines } from '../../../src/features/referrals/pictures/shapes.ts'
import { CODE_SHAPE, offends, shownAs } from '../../../src/features/referrals/rules.ts'
import { newCode } from '../../../src/features/referrals/store.ts'

const TODAY = day('2026-11-23')

describe('codes', () => {
  test('ten thousand new ones are all different, typable and inoffensive', () => {
    const codes = Array.from({ length: 10_000 }, newCode)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) {
      expect(code).toMatch(CODE_SHAPE)
      expect(offends(code)).toBe(false)
    }
  })

  test.each(['xxsbxxxx', 'cnm22222', 'tmd22222', '22wtf222', 'xxx4xxxx'])('%s offends', (code) => {
    expect(offends(code)).toBe(true)
  })

  test.each([
    ['', {}],
    ['结算卡', { purpose: '结算卡' }],
    ['五一活动 30天', { purpose: '五一活动', days: 30 }],
    ['有效期 7 天', { days: 7 }],
    ['settlement card 30 days', { purpose: 'settlement card', days: 30 }],
    ['结算卡 一个月', { purpose: '结算卡', days: 30 }],
    ['两周', { days: 14 }],
    ['。', {}],
  ])('"%s" asks for %o', (rest, asked) => {
    expect(readAsking(rest, {})).toEqual({ kind: 'understood', input: asked })
  })

  test.each(['结算卡 几天', '好几个月', 'some days'])('"%s" is asked for how many', (rest) => {
    expect(readAsking(rest, {})).toMatchObject({ kind: 'asks', doubts: [{ slots: ['days'] }] })
  })

  test('a client is shown by the family name alone, whatever the name', () => {
    expect(shownAs({ name: '张三', isStaff: false })).toBe('张**')
    expect(shownAs({ name: '𠮷野家', isStaff: false })).toBe('𠮷**')
    expect(shownAs({ name: '周敏', isStaff: true })).toBe('周敏')
  })
})

describe('figures', () => {
  test.each([
    ['上月', { period: '2026-10' }],
    ['按活动 本月', { grouping: 'campaign', period: '2026-11' }],
    ['按机构 2026年3月', { grouping: 'unit', period: '2026-03' }],
    ['12月', { period: '2025-12' }],
    ['按月', { grouping: 'month' }],
    ['ranking last month', { grouping: 'person', period: '2026-10' }],
    ['全部', { period: 'all' }],
    ['至今', { period: 'all' }],
    ['13月', {}],
  ])('"%s" asks for %o', (rest, asked) => {
    expect(readFigures(rest, TODAY)).toEqual(asked)
  })

  test('a period ends where the next begins', () => {
    expect(daysOf('2026-12')).toEqual({ from: '2026-12-01', until: '2027-01-01' })
    expect(daysOf('all')).toEqual({ from: null, until: null })
    expect(readPeriod('', TODAY)).toBeNull()
  })
})

describe('suspicions', () => {
  const fine: Circumstances = {
    phone: '+8613800138000',
    referrer: { phone: '+8613900139000', clientId: null, staffId: 's' },
    known: null,
    fromDevice: 0,
    fromNetwork: 0,
    disposable: 0,
  }
  const client = { phone: '+8613900139000', clientId: 'c', staffId: 's' }
  test.each<[string, Partial<Circumstances>, string[]]>([
    ['nothing', {}, []],
    ['the referrer’s own number', { phone: '+8613900139000' }, ['self']],
    ['the referrer’s own file', { referrer: client, known: { id: 'c', ownerId: 's' } }, ['self']],
    ['a client of one’s own', { known: { id: 'x', ownerId: 's' } }, ['own-client']],
    [
      'a client’s friend of the same book',
      { referrer: client, known: { id: 'x', ownerId: 's' } },
      [],
    ],
    ['a second number from a device', { fromDevice: 1 }, []],
    ['a third', { fromDevice: 2 }, ['device']],
    ['an eighth from a network', { fromNetwork: 7 }, []],
    ['a ninth', { fromNetwork: 8 }, ['network']],
    ['a real number after throwaway ones', { disposable: 9 }, []],
    ['a third throwaway number', { phone: '+8617000138000', disposable: 2 }, ['disposable']],
  ])('%s', (_what, change, kinds) => {
    expect(suspicions({ ...fine, ...change }).map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('a stamp', () => {
  const secret = createSecretKey(Buffer.alloc(32, 1))
  const now = new Date('2026-11-23T00:10:00Z')
  const stamp = newStamp('k7m2p9xq', 'scan', secret, now)

  test('is read back for its own link with its own secret alone', () => {
    expect(readStamp(stamp, 'k7m2p9xq', secret)).toMatchObject({
      openedAt: now,
      via: 'scan',
      consentVersion: 2,
    })
    expect(readStamp(stamp, 'k7m2p9xr', secret)).toBeNull()
    expect(readStamp(stamp, 'k7m2p9xq', createSecretKey(Buffer.alloc(32)))).toBeNull()
  })

  test('with one character changed it is none', () => {
    fc.assert(
      fc.property(fc.nat(stamp.length - 1), fc.constantFrom('a', 'Z', '.', '0'), (at, letter) => {
        fc.pre(stamp[at] !== letter)
        const forged = stamp.slice(0, at) + letter + stamp.slice(at + 1)
        expect(readStamp(forged, 'k7m2p9xq', secret)).toBeNull()
      }),
    )
  })

  test('whatever is sent instead, it is none and proves nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readStamp(text, 'k7m2p9xq', secret)).toBeNull()
        expect(proves(stamp, `${text}x`)).toBe(false)
      }),
    )
  })
})

describe('pictures', () => {
  test('a text is broken into lines that fit, and ends in an ellipsis where it does not', () => {
    expect(lines('小微企业融资咨询', 5, 2)).toEqual(['小微企业融', '资咨询'])
    expect(lines('小微企业融资咨询', 3, 2)).toEqual(['小微企', '业融…'])
    expect(lines('Financing for small businesses', 10, 3)).toEqual([
      'Financing for',
      'small businesses',
    ])
    expect(lines('', 5, 2)).toEqual([])
  })

  test('whatever colour a bank has, its text can be read', () => {
    const colour = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value) => `#${value.toString(16).padStart(6, '0')}`)
    fc.assert(
      fc.property(colour, (of) => {
        for (const paper of ['#ffffff', '#1a212a']) {
          expect(contrast(readableOn(paper, of), paper)).toBeGreaterThanOrEqual(4.5)
        }
        expect(contrast(inkOn(of), of)).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })
})

describe('contact codes', () => {
  test('a call that failed is made again after a minute, then ever later, once a day at least', () => {
    const whole = fc.integer({ min: 0, max: 10_000 })
    expect(pauseAfter(0)).toBe(60_000)
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const [fewer, more] = a < b ? [a, b] : [b, a]
        expect(pauseAfter(fewer)).toBeLessThanOrEqual(pauseAfter(more))
        expect(pauseAfter(more)).toBeLessThanOrEqual(24 * 60 * 60_000)
      }),
    )
  })

  test.each([
    ['89504e470d0a1a0a', 'image/png'],
    ['ffd8ffe000104a46', 'image/jpeg'],
    ['474946383961', 'image/gif'],
    [Buffer.from('<svg onload=alert(1)>').toString('hex'), null],
    [Buffer.from('<!doctype html>').toString('hex'), null],
    ['', null],
  ])('what begins with %s is shown as %s', (hex, type) => {
    expect(pictureType(Buffer.from(hex, 'hex'))).toBe(type)
  })
})
