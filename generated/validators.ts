// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.
// @ts-nocheck

import type { Validator } from "./answers.js";

export const isCustomer: Validator = validate0;
const schema0 = {"$comment":"/components/schemas/Customer","type":"object","required":["id","firstName","lastName"],"properties":{"id":{"$comment":"/components/schemas/Customer/properties/id","type":"string"},"createdAt":{"$comment":"/components/schemas/Customer/properties/createdAt","type":"string"},"updatedAt":{"$comment":"/components/schemas/Customer/properties/updatedAt","type":"string"},"dob":{"$comment":"/components/schemas/Customer/properties/dob","type":"string"},"email":{"$comment":"/components/schemas/Customer/properties/email","type":"string"},"firstName":{"$comment":"/components/schemas/Customer/properties/firstName","type":"string"},"gender":{"$comment":"/components/schemas/Customer/properties/gender","type":"string"},"hasAgreedToMarketing":{"$comment":"/components/schemas/Customer/properties/hasAgreedToMarketing","type":"boolean"},"lastName":{"$comment":"/components/schemas/Customer/properties/lastName","type":"string"},"phoneNumber":{"$comment":"/components/schemas/Customer/properties/phoneNumber","type":"string"},"statistics":{"$comment":"/components/schemas/Customer/properties/statistics","title":"object"}}};
const func0 = Object.prototype.hasOwnProperty;
const schema1 = {"$comment":"/components/schemas/CustomerStatistics","type":"object","required":["lastPointsEarnedAt","lastPointsRedeemedAt","lastSpentAt","pointsBalance","totalPointsEarned","totalPointsRedeemed","totalSpend"],"properties":{"lastPointsEarnedAt":{"$comment":"/components/schemas/CustomerStatistics/properties/lastPointsEarnedAt","type":"string"},"lastPointsRedeemedAt":{"$comment":"/components/schemas/CustomerStatistics/properties/lastPointsRedeemedAt","type":"string"},"lastSpentAt":{"$comment":"/components/schemas/CustomerStatistics/properties/lastSpentAt","type":"string"},"pointsBalance":{"$comment":"/components/schemas/CustomerStatistics/properties/pointsBalance","type":"integer"},"totalPointsEarned":{"$comment":"/components/schemas/CustomerStatistics/properties/totalPointsEarned","type":"integer"},"totalPointsRedeemed":{"$comment":"/components/schemas/CustomerStatistics/properties/totalPointsRedeemed","type":"integer"},"totalSpend":{"$comment":"/components/schemas/CustomerStatistics/properties/totalSpend","type":"integer"}}};

function validate1(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const prop0 of schema1.required){
if(data[prop0] === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: prop0},parentSchema:schema1,data});
errors++;
}
}
for(const key0 in data){
if(!(((((((key0 === "lastPointsEarnedAt") || (key0 === "lastPointsRedeemedAt")) || (key0 === "lastSpentAt")) || (key0 === "pointsBalance")) || (key0 === "totalPointsEarned")) || (key0 === "totalPointsRedeemed")) || (key0 === "totalSpend"))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema1,data});
errors++;
}
}
if(data.lastPointsEarnedAt !== undefined){
let data0 = data.lastPointsEarnedAt;
if(typeof data0 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/lastPointsEarnedAt",keyword:"type",parentSchema:schema1.properties.lastPointsEarnedAt,data:data0});
errors++;
}
}
if(data.lastPointsRedeemedAt !== undefined){
let data1 = data.lastPointsRedeemedAt;
if(typeof data1 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/lastPointsRedeemedAt",keyword:"type",parentSchema:schema1.properties.lastPointsRedeemedAt,data:data1});
errors++;
}
}
if(data.lastSpentAt !== undefined){
let data2 = data.lastSpentAt;
if(typeof data2 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/lastSpentAt",keyword:"type",parentSchema:schema1.properties.lastSpentAt,data:data2});
errors++;
}
}
if(data.pointsBalance !== undefined){
let data3 = data.pointsBalance;
if(!(Number.isSafeInteger(data3))){
(vErrors ??= []).push({instancePath:instancePath+"/pointsBalance",keyword:"type",parentSchema:schema1.properties.pointsBalance,data:data3});
errors++;
}
}
if(data.totalPointsEarned !== undefined){
let data4 = data.totalPointsEarned;
if(!(Number.isSafeInteger(data4))){
(vErrors ??= []).push({instancePath:instancePath+"/totalPointsEarned",keyword:"type",parentSchema:schema1.properties.totalPointsEarned,data:data4});
errors++;
}
}
if(data.totalPointsRedeemed !== undefined){
let data5 = data.totalPointsRedeemed;
if(!(Number.isSafeInteger(data5))){
(vErrors ??= []).push({instancePath:instancePath+"/totalPointsRedeemed",keyword:"type",parentSchema:schema1.properties.totalPointsRedeemed,data:data5});
errors++;
}
}
if(data.totalSpend !== undefined){
let data6 = data.totalSpend;
if(!(Number.isSafeInteger(data6))){
(vErrors ??= []).push({instancePath:instancePath+"/totalSpend",keyword:"type",parentSchema:schema1.properties.totalSpend,data:data6});
errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",parentSchema:schema1,data});
errors++;
}
validate1.errors = vErrors;
return errors === 0;
}


function validate0(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const prop0 of schema0.required){
if(data[prop0] === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: prop0},parentSchema:schema0,data});
errors++;
}
}
for(const key0 in data){
if(!(func0.call(schema0.properties, key0))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema0,data});
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/id",keyword:"type",parentSchema:schema0.properties.id,data:data0});
errors++;
}
}
if(data.createdAt !== undefined){
let data1 = data.createdAt;
if(typeof data1 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/createdAt",keyword:"type",parentSchema:schema0.properties.createdAt,data:data1});
errors++;
}
}
if(data.updatedAt !== undefined){
let data2 = data.updatedAt;
if(typeof data2 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/updatedAt",keyword:"type",parentSchema:schema0.properties.updatedAt,data:data2});
errors++;
}
}
if(data.dob !== undefined){
let data3 = data.dob;
if(typeof data3 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/dob",keyword:"type",parentSchema:schema0.properties.dob,data:data3});
errors++;
}
}
if(data.email !== undefined){
let data4 = data.email;
if(typeof data4 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/email",keyword:"type",parentSchema:schema0.properties.email,data:data4});
errors++;
}
}
if(data.firstName !== undefined){
let data5 = data.firstName;
if(typeof data5 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/firstName",keyword:"type",parentSchema:schema0.properties.firstName,data:data5});
errors++;
}
}
if(data.gender !== undefined){
let data6 = data.gender;
if(typeof data6 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/gender",keyword:"type",parentSchema:schema0.properties.gender,data:data6});
errors++;
}
}
if(data.hasAgreedToMarketing !== undefined){
let data7 = data.hasAgreedToMarketing;
if(typeof data7 !== "boolean"){
(vErrors ??= []).push({instancePath:instancePath+"/hasAgreedToMarketing",keyword:"type",parentSchema:schema0.properties.hasAgreedToMarketing,data:data7});
errors++;
}
}
if(data.lastName !== undefined){
let data8 = data.lastName;
if(typeof data8 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/lastName",keyword:"type",parentSchema:schema0.properties.lastName,data:data8});
errors++;
}
}
if(data.phoneNumber !== undefined){
let data9 = data.phoneNumber;
if(typeof data9 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/phoneNumber",keyword:"type",parentSchema:schema0.properties.phoneNumber,data:data9});
errors++;
}
}
if(data.statistics !== undefined){
if(!(validate1(data.statistics, {instancePath:instancePath+"/statistics"}))){
vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
errors = vErrors.length;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",parentSchema:schema0,data});
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}

export const isCustomerListTiny: Validator = validate3;
const schema2 = {"$comment":"/components/schemas/CustomerListTiny","type":"object","required":["id","name"],"properties":{"id":{"$comment":"/components/schemas/CustomerListTiny/properties/id","type":"string"},"name":{"$comment":"/components/schemas/CustomerListTiny/properties/name","type":"string"}}};

function validate3(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const prop0 of schema2.required){
if(data[prop0] === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: prop0},parentSchema:schema2,data});
errors++;
}
}
for(const key0 in data){
if(!((key0 === "id") || (key0 === "name"))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema2,data});
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/id",keyword:"type",parentSchema:schema2.properties.id,data:data0});
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/name",keyword:"type",parentSchema:schema2.properties.name,data:data1});
errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",parentSchema:schema2,data});
errors++;
}
validate3.errors = vErrors;
return errors === 0;
}
