import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  type Deployment,
  isJudgedCentrally,
  isJudgedInMembers,
} from '../src/settings-file/deployment/deployment.ts';
import { addAggregator } from './central/aggregator.ts';
import { addCentralAlarms } from './central/alarms.ts';
import { addBuckets } from './central/buckets.ts';
import { addBus } from './central/bus.ts';
import { addHistory, HISTORY_RULE } from './central/history.ts';
import { addKey, throughS3 } from './central/keys.ts';
import { addNotification, addTopic, NOTIFICATION_RULE } from './central/notification.ts';
import { addTable } from './central/table.ts';
import { addUndelivered, ruleArn } from './central/undelivered.ts';
import { addWatcher } from './central/watcher.ts';
import type { Code } from './code.ts';
import type { Kept } from './judging/history-access.ts';
import { addJudging } from './judging/judging.ts';

/**
 * What runs once, in the central account and the home Region: where the events of all accounts arrive, are kept and searched, and
 * who is told when something fails.
 */
export class CentralStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly deployment: Deployment; readonly code: Code },
  ) {
    const { deployment, code, ...stack } = props;
    super(scope, id, {
      description: 's3-config-rules: events and history of the organization.',
      tags: { application: 's3-config-rules' },
      ...stack,
    });
    const { consumers, functions, notification } = deployment;
    const topic = notification && addTopic(this, notification.email);
    const judge = (kept?: Kept) => {
      const { delivery } = deployment;
      if (isJudgedCentrally(deployment) && delivery !== undefined)
        addJudging(this, deployment, delivery, code, topic, kept);
    };
    // Nothing else has anything to do where no account has rules.
    if (!isJudgedInMembers(deployment)) {
      judge();
      return;
    }
    addAggregator(this);
    if (consumers.history === null) judge();
    const bus = addBus(this, deployment);
    const rules = [
      ...(consumers.history === null ? [] : [HISTORY_RULE]),
      ...(notification === undefined ? [] : [NOTIFICATION_RULE]),
    ];
    if (rules.length === 0) {
      addWatcher(this, bus, deployment, code, {});
      return;
    }
    const undelivered = addUndelivered(this, rules.map(ruleArn));
    if (topic) addNotification(this, bus, topic, undelivered);
    const kept = { history: consumers.history !== null, notification: topic !== undefined };
    addCentralAlarms(this, kept, undelivered, topic?.ref);
    if (consumers.history === null) {
      addWatcher(this, bus, deployment, code, topic ? { topic } : {});
      return;
    }

    const { retentionDays } = consumers.history;
    const key = addKey(this, 'HistoryKey', {
      name: 'history',
      description: 'Encrypts the history of s3-config-rules and what queries find in it.',
      keep: true,
      use: [throughS3],
    });
    const buckets = addBuckets(this, key.attrArn, retentionDays);
    addHistory(this, bus, buckets.history, key.attrArn, functions.logRetentionDays, undelivered);
    addWatcher(this, bus, deployment, code, {
      ...(topic ? { topic } : {}),
      kept: { bucket: buckets.history, keyArn: key.attrArn },
    });
    judge({ bucket: buckets.history, keyArn: key.attrArn });
    addTable(this, buckets, key.attrArn, retentionDays);
    new CfnOutput(this, 'HistoryBucketName', {
      description: 'Keeps the changes of compliance of every account.',
      value: buckets.history.ref,
    });
    new CfnOutput(this, 'HistoryKeyArn', {
      description: 'For kms.approvedKeys in the settings.',
      value: key.attrArn,
    });
  }
}
