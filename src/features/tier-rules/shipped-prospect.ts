import { SHIPPED_MARKS } from './marks.ts'
import { criterion } from './shipped-criteria.ts'
import type { Standard } from './standard.ts'

export const SHIPPED_PROSPECT: Standard = {
  kind: 'prospect',
  version: 1,
  params: {},
  assumed: {},
  ages: {},
  industries: SHIPPED_MARKS,
  conditions: {},
  tiers: [
    {
      tier: 'premium',
      when: 'all',
      alsoAs: 'ordinary',
      criteria: [
        criterion('P1', '经营满 24 个月', '24 months of operation', {
          fact: 'monthsOperating',
          atLeast: 24,
        }),
        criterion('P2', '行业前景好', 'industry with good prospects', {
          fact: 'industryClass',
          oneOf: ['promising'],
        }),
        criterion('P3', '在优质商圈经营', 'premises in a prime business district', {
          fact: 'premisesInPrimeDistrict',
          is: true,
        }),
        criterion('P4', '住在优质住宅区', 'home in a prime residential area', {
          fact: 'homeInPrimeArea',
          is: true,
        }),
      ],
    },
    {
      tier: 'ordinary',
      when: 'all',
      criteria: [
        criterion('O1', '实际经营', 'operates a business', { fact: 'operatesBusiness', is: true }),
        criterion('O2', '有固定经营场所', 'stable place of business', {
          fact: 'hasStablePremises',
          is: true,
        }),
        criterion(
          'O3',
          '中国公民',
          'Chinese national',
          { fact: 'nationality', oneOf: ['CN'] },
          false,
        ),
        criterion(
          'O4',
          '25 至 60 周岁',
          'aged 25 to 60',
          { fact: 'age', between: [25, 60] },
          false,
        ),
        criterion('O5', '完全民事行为能力', 'full civil capacity', {
          fact: 'fullCivilCapacity',
          is: true,
        }),
        criterion(
          'O6',
          '无犯罪记录',
          'no criminal record',
          { fact: 'criminalRecord', is: false },
          false,
        ),
        criterion('O7', '不是未结大额民事案件的被告', 'no large open civil case', {
          fact: 'openCivilDefendantLarge',
          is: false,
        }),
        criterion('O8', '无黄赌毒等不良嗜好', 'no vices', { fact: 'vices', is: false }),
        criterion('O9', '不属于禁入行业', 'industry not barred', {
          fact: 'industryClass',
          oneOf: ['promising', 'neutral', 'cautious'],
        }),
        criterion('O10', '征信良好', 'good credit record', { fact: 'goodCredit', is: true }),
      ],
    },
  ],
  otherwise: { none: 'none', open: 'undetermined' },
  ladder: ['ordinary', 'premium'],
}
