/** The partition a Region belongs to (AWS General Reference, "AWS service endpoints"). */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  if (region.startsWith('eu-isoe-')) return 'aws-iso-e';
  if (region.startsWith('us-isof-')) return 'aws-iso-f';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}

/** The Region that AWS Config writes into the records of IAM. */
export const GLOBAL_REGION = 'global';

/** Whether the text has the form of a Region, such as us-gov-west-1 (AWS General Reference, "AWS service endpoints"). */
export const isRegion = (text: string): boolean => FORM.test(text);

/** That form, as the pattern of a schema. */
export const REGION = '^[a-z]{2,4}(-[a-z]{2,12}){1,2}-[0-9]{1,2}$';
const FORM = new RegExp(REGION);
