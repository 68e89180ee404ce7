import { describe, expect, test } from 'vitest';
import { findAction } from '../../../simulator/facts/actions.ts';
import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { findPartition, findRegion, partitions } from '../../../simulator/facts/regions.ts';
import { contextKeysOf, findServiceContextKey, serviceContextKeys } from '../../../simulator/facts/service-contexts.ts';
import {
  findServicePrincipal,
  serviceLinkedRoles,
  servicePrincipals,
} from '../../../simulator/facts/service-principals.ts';
import { findViaService, viaServices } from '../../../simulator/facts/via-services.ts';

describe('kms:ViaService', () => {
  test('services are listed once, in alphabetical order', () => {
    const names = viaServices.map(({ service }) => service);
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(95);
  });

  test('EBS goes by the name of EC2', () => {
    expect(findViaService('ec2')?.name).toBe('Amazon EBS');
    expect(findViaService('ebs')).toBeUndefined();
    expect(findViaService('logs')).toBeUndefined();
  });
});

describe('encryption context keys of services', () => {
  test('are found in any case, spelled as the service does', () => {
    expect(findServiceContextKey('aws:s3:ARN')?.key).toBe('aws:s3:arn');
    expect(findServiceContextKey('secretarn')?.key).toBe('SecretARN');
    expect(findServiceContextKey('aws:s3:bucket')).toBeUndefined();
    expect(contextKeysOf('dynamodb').map(({ key }) => key)).toEqual([
      'aws:dynamodb:tableName',
      'aws:dynamodb:subscriberId',
    ]);
  });

  test('belong to services that kms:ViaService knows, but for two that call with their own principal', () => {
    const unknown = serviceContextKeys.filter(({ service }) => findViaService(service) === undefined);
    expect(unknown.map(({ service }) => service)).toEqual(['logs', 'cloudtrail']);
  });
});

describe('Regions', () => {
  test('belong to one partition each', () => {
    const names = partitions.flatMap((partition) => partition.regions.map((region) => region.name));
    expect(new Set(names).size).toBe(names.length);
    expect(findRegion('us-gov-west-1')?.partition.name).toBe('aws-us-gov');
    expect(findRegion('cn-north-1')?.partition.dnsSuffix).toBe('amazonaws.com.cn');
    expect(findRegion('eu-central-1')?.region.place).toBe('Europe (Frankfurt)');
    expect(findRegion('us-est-1')).toBeUndefined();
    expect(findPartition('aws-us')).toBeUndefined();
  });
});

describe('service principals', () => {
  test('a Region is found, or missed where it must be', () => {
    expect(findServicePrincipal('logs.us-gov-west-1.amazonaws.com')).toMatchObject({
      region: 'us-gov-west-1',
      lacksRegion: false,
    });
    expect(findServicePrincipal('logs.amazonaws.com')?.lacksRegion).toBe(true);
    expect(findServicePrincipal('cloudtrail.amazonaws.com')).toMatchObject({ lacksRegion: false });
    expect(findServicePrincipal('cloudtrail.us-east-1.amazonaws.com')).toBeUndefined();
    expect(findServicePrincipal('cloudtrail.aws.com')).toBeUndefined();
  });

  test('recipes name actions and condition keys that exist', () => {
    for (const { name, recipe = [] } of [...servicePrincipals, ...serviceLinkedRoles]) {
      for (const { actions, conditionKeys } of recipe) {
        for (const action of actions) {
          const [, bare = ''] = action.split(':');
          const known =
            bare === 'ReEncrypt*' || bare === 'Describe*' || findAction(bare.replace('*', '')) !== undefined;
          expect(known, `${name} ${action}`).toBe(true);
        }
        for (const key of conditionKeys) expect(findConditionKey(key), `${name} ${key}`).toBeDefined();
      }
    }
  });
});
