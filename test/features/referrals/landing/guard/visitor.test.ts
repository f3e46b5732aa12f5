import { createSecretKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import crawlers from 'crawler-user-agents'
import { describe, expect, test } from 'vitest'
import {
  agentOf,
  isMachine,
  networkHash,
  networkOf,
  visitorOf,
} from '../../../../../src/features/referrals/landing/guard/visitor.ts'
import { WECHAT } from '../../../../support/visitor.ts'

/** Browsers as they were seen in the wild, by somebody else's count of them. */
const recorded = new URL(
  'user-agents.json',
  pathToFileURL(createRequire(import.meta.url).resolve('user-agents')),
)
const browsers = [
  ...new Set(
    (JSON.parse(readFileSync(recorded, 'utf8')) as Recorded[]).map(({ userAgent }) => userAgent),
  ),
]
interface Recorded {
  readonly userAgent: string
}

/** Crawlers, previews and programs as they were seen, by somebody else's list of them. */
const machines = crawlers.flatMap(({ instances }) => [...instances])

/** What people open links with in China: each is somebody, in this kind of browser. */
const PEOPLE: readonly (readonly [string, string])[] = [
  [WECHAT, 'wechat'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/4G Language/zh_CN',
    'wechat',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Safari/537.36 NetType/WIFI MicroMessenger/7.0.20.1781(0x6700143B) WindowsWechat(0x63090b13) XWEB/11253 Flue',
    'wechat',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Safari/537.36 MicroMessenger/6.8.0(0x16080000) NetType/WIFI MiniProgramEnv/Mac MacWechat/WMPF XWEB/30817',
    'wechat',
  ],
  [
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.11 NetType/WIFI',
    'wechat',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14; 23113RKC6C Build/UKQ1.230804.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh ColorScheme/Light',
    'wecom',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/4.1.22 MicroMessenger/7.0.1 Language/zh ColorScheme/Dark',
    'wecom',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 Language/zh ColorScheme/Light DPR/1.25 wxwork/4.1.31 (MicroMessenger/6.2) WeMail NetType/WIFI WindowsWechat',
    'wecom',
  ],
  [
    'Mozilla/5.0 (Linux; U; Android 13; zh-CN; M2102K1C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UWS/5.10.4.0 Mobile Safari/537.36 AlipayChannelId/5136 NebulaSDK/1.8.100112 Nebula AlipayDefined(nt:WIFI,ws:392|0|2.75) AliApp(AP/10.5.96.8000) AlipayClient/10.5.96.8000 Language/zh-Hans',
    'alipay',
  ],
  [
    'Mozilla/5.0 (Linux; Android 12; NOH-AN00 Build/HUAWEINOH-AN00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/99.0.4844.88 Mobile Safari/537.36 HuaweiBrowser/14.0.5.302',
    'phone',
  ],
  [
    'Mozilla/5.0 (Linux; U; Android 13; zh-cn; PGJM10 Build/TP1A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.118 Mobile Safari/537.36 HeyTapBrowser/40.8.31.1',
    'phone',
  ],
  [
    'Mozilla/5.0 (Linux; U; Android 12; zh-CN; V2055A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/78.0.3904.108 UCBrowser/15.6.8.1248 Mobile Safari/537.36',
    'phone',
  ],
  [
    'Mozilla/5.0 (Linux; U; Android 11; zh-cn; Redmi K30 Build/RKQ1) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/98.0.4758.102 MQQBrowser/14.9 Mobile Safari/537.36 COVC/046505',
    'phone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 13; 2211133C Build/TKQ1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/6.2 TBS/046805 Mobile Safari/537.36 V1_AND_SQ_8.9.80_4620_YYB_D QQ/8.9.80.12440 NetType/WIFI WebP/0.3.0',
    'phone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; HLK-AL00 Build/HONORHLK-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/92.0.4515.105 Mobile Safari/537.36 AliApp(DingTalk/7.5.10) com.alibaba.android.rimet/35000 Channel/10006001 language/zh-CN',
    'phone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 360SE',
    'desk',
  ],
]

/** What fetches a link without anybody looking at it. */
const PREVIEWS = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'WhatsApp/2.23.20.0',
  'TelegramBot (like TwitterBot)',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
  'Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)',
  'Mozilla/5.0 (compatible; 360Spider/2.0)',
  'Mozilla/5.0 (compatible; YisouSpider/5.0)',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'python-requests/2.31.0',
  'okhttp/4.12.0',
  'Go-http-client/2.0',
  '',
]

test('thousands of real browsers and crawlers are told apart with fewer than one in a hundred wrong', () => {
  expect(browsers.length).toBeGreaterThan(500)
  expect(machines.length).toBeGreaterThan(1_000)
  const taken = browsers.filter(isMachine)
  const missed = machines.filter((each) => !isMachine(each))
  expect(taken.length / browsers.length).toBeLessThan(0.01)
  expect(missed.length / machines.length).toBeLessThan(0.01)
})

test.each(PEOPLE)('%s is somebody', (userAgent, agent) => {
  expect(isMachine(userAgent)).toBe(false)
  expect(agentOf(userAgent)).toBe(agent)
})

test.each(PREVIEWS)('"%s" is nobody', (userAgent) => {
  expect(isMachine(userAgent)).toBe(true)
})

describe('a visitor', () => {
  const secret = createSecretKey(Buffer.alloc(32, 7))
  const asks = (headers: Record<string, string>, method = 'GET') =>
    visitorOf(
      {
        method,
        address: '203.0.113.9',
        header: (name) => ({ 'user-agent': WECHAT, ...headers })[name],
      },
      secret,
    )

  test('counts with GET alone, and not when the browser only looks ahead', () => {
    expect(asks({}).counts).toBe(true)
    expect(asks({}, 'HEAD').counts).toBe(false)
    expect(asks({ 'sec-purpose': 'prefetch;prerender' }).counts).toBe(false)
    expect(asks({ purpose: 'preview' }).counts).toBe(false)
    expect(asks({ 'x-moz': 'prefetch' }).counts).toBe(false)
  })

  test('is a hash that names no address and means nothing under another day’s secret', () => {
    const one = asks({})
    expect(JSON.stringify(one)).not.toContain('203.0.113')
    expect(asks({}).device).toBe(one.device)
    expect(asks({ 'user-agent': 'Other/1.0' }).device).not.toBe(one.device)
    const later = visitorOf(
      { method: 'GET', address: '203.0.113.9', header: () => WECHAT },
      createSecretKey(Buffer.alloc(32, 8)),
    )
    expect(later.device).not.toBe(one.device)
  })

  test('shares a network with the neighbours, under the same secret', () => {
    const near = networkHash('203.0.113.200', secret)
    expect(networkHash('203.0.113.9', secret)).toBe(near)
    expect(networkHash('203.0.114.9', secret)).not.toBe(near)
    expect(networkHash('203.0.113.9', createSecretKey(Buffer.alloc(32)))).not.toBe(near)
    expect(networkOf('::ffff:203.0.113.9')).toBe(networkOf('203.0.113.200'))
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:ffff::2'))
    expect(networkOf('2001:db8:2::1')).not.toBe(networkOf('2001:db8:1::1'))
  })
})
