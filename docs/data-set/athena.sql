-- Generated from src/results/schema by "npm run generate". Replace the name of the bucket, then run one statement after the other.

CREATE DATABASE IF NOT EXISTS s3_config_rules_results;

CREATE EXTERNAL TABLE s3_config_rules_results.accounts (
  `runid` string,
  `account` string,
  `name` string,
  `ou` string,
  `knownfrom` array<string>,
  `assessed` string,
  `reason` string,
  `subjects` bigint,
  `states` struct<fail:bigint,unknown:bigint,waived:bigint,pass:bigint,not_applicable:bigint>
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/accounts/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/accounts/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.regions (
  `runid` string,
  `account` string,
  `region` string,
  `knownfrom` array<string>,
  `recorder` string,
  `snapshotid` string,
  `observedat` string,
  `assessed` string,
  `reason` string,
  `subjects` bigint
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/regions/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/regions/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.subjects (
  `runid` string,
  `subject` struct<type:string,id:string,name:string,arn:string,account:string,region:string>,
  `ou` string,
  `knownfrom` array<string>,
  `created` string,
  `deleted` boolean,
  `tags` map<string,string>,
  `itemhash` string,
  `capturedat` string,
  `observedat` string,
  `assessed` string,
  `reason` string,
  `states` struct<fail:bigint,unknown:bigint,waived:bigint,pass:bigint,not_applicable:bigint>
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/subjects/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/subjects/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.findings (
  `runid` string,
  `id` string,
  `rule` string,
  `verdict` string,
  `state` string,
  `messageid` string,
  `message` string,
  `severity` string,
  `subject` struct<type:string,id:string,name:string,arn:string,account:string,region:string>,
  `requirements` array<string>,
  `waiver` string,
  `capturedat` string,
  `waiverterms` struct<owner:string,approver:string,expires:string>,
  `verdictforconfig` string,
  `strengths` map<string,string>,
  `itemhash` string,
  `answerhashes` array<string>,
  `observedat` string,
  `statesince` string,
  `firstfailedat` string,
  `lastfailedat` string,
  `judgedby` string
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/findings/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/findings/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.changes (
  `runid` string,
  `id` string,
  `rule` string,
  `subject` struct<type:string,id:string,name:string,arn:string,account:string,region:string>,
  `severity` string,
  `from` struct<state:string,messageid:string>,
  `to` struct<state:string,messageid:string>,
  `change` string,
  `cause` string,
  `causes` array<string>,
  `firstfailedat` string
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/changes/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/changes/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.differences (
  `runid` string,
  `id` string,
  `rule` string,
  `subject` struct<type:string,id:string,name:string,arn:string,account:string,region:string>,
  `ours` struct<state:string,messageid:string,verdictforconfig:string,capturedat:string,observedat:string>,
  `theirs` string,
  `recordedat` string,
  `reason` string
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/differences/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/differences/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.evidence (
  `runid` string,
  `sha256` string,
  `kind` string,
  `raw` string
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/evidence/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/evidence/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.settings (
  `runid` string,
  `sha256` string,
  `settings` string
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/settings/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/settings/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.catalog (
  `runid` string,
  `rules` array<struct<id:string,title:string,rationale:string,limits:array<string>,severity:string,areas:array<string>,subject:string,requirements:map<string,struct<strength:string,reason:string,atleast:map<string,bigint>>>,messages:map<string,struct<verdict:string,sentence:string,fix:string,caution:string,except:array<string>,only:array<string>>>,parameters:array<struct<name:string,description:string>>>>,
  `frameworks` array<struct<id:string,name:string,citation:string,url:string,asof:string,source:string,leftout:string,requirements:array<struct<id:string,citation:string,title:string,text:string,unserved:string,implementation:string>>>>
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/catalog/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/catalog/date=${date}/'
);

CREATE EXTERNAL TABLE s3_config_rules_results.run (
  `runid` string,
  `schemaversion` bigint,
  `evaluatedat` string,
  `tool` struct<name:string,version:string,commit:string,ruleshash:string>,
  `settingshash` string,
  `rules` array<struct<rule:string,codehash:string,parametershash:string,parameters:string,subjects:bigint,states:struct<fail:bigint,unknown:bigint,waived:bigint,pass:bigint,not_applicable:bigint>,judgedby:string,unreported:bigint>>,
  `leftout` array<string>,
  `inputs` array<struct<kind:string,name:string,holds:string,account:string,region:string,snapshotid:string,versionid:string,deliveredat:string,bytes:bigint,sha256:string,subjects:bigint>>,
  `previousrun` string,
  `problems` array<struct<kind:string,message:string>>,
  `notassessed` struct<accounts:bigint,regions:bigint,subjects:bigint>,
  `subjects` bigint,
  `findings` bigint,
  `states` struct<fail:bigint,unknown:bigint,waived:bigint,pass:bigint,not_applicable:bigint>,
  `rows` map<string,bigint>
)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
LOCATION 's3://amzn-s3-demo-bucket/results/run/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'projection.date.interval' = '1',
  'projection.date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://amzn-s3-demo-bucket/results/run/date=${date}/'
);

