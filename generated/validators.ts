// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.
// @ts-nocheck

import type { Validator } from "./answers.js";

export const isCustomer: Validator = validate52;
const schema19 = {"$comment":"/components/schemas/Customer","type":"object","properties":{"id":{"$comment":"/components/schemas/Customer/properties/id","type":"string"},"createdAt":{"$comment":"/components/schemas/Customer/properties/createdAt","type":"string"},"updatedAt":{"$comment":"/components/schemas/Customer/properties/updatedAt","type":"string"},"dob":{"$comment":"/components/schemas/Customer/properties/dob","type":"string"},"email":{"$comment":"/components/schemas/Customer/properties/email","type":"string"},"firstName":{"$comment":"/components/schemas/Customer/properties/firstName","type":"string"},"gender":{"$comment":"/components/schemas/Customer/properties/gender","type":"string"},"hasAgreedToMarketing":{"$comment":"/components/schemas/Customer/properties/hasAgreedToMarketing","type":"boolean"},"lastName":{"$comment":"/components/schemas/Customer/properties/lastName","type":"string"},"phoneNumber":{"$comment":"/components/schemas/Customer/properties/phoneNumber","type":"string"},"statistics":{"$comment":"/components/schemas/Customer/properties/statistics","title":"object","$ref":"CustomerStatistics"}}};
const func1 = Object.prototype.hasOwnProperty;
const schema20 = {"$comment":"/components/schemas/CustomerStatistics","type":"object","properties":{"lastPointsEarnedAt":{"$comment":"/components/schemas/CustomerStatistics/properties/lastPointsEarnedAt","type":"string"},"lastPointsRedeemedAt":{"$comment":"/components/schemas/CustomerStatistics/properties/lastPointsRedeemedAt","type":"string"},"lastSpentAt":{"$comment":"/components/schemas/CustomerStatistics/properties/lastSpentAt","type":"string"},"pointsBalance":{"$comment":"/components/schemas/CustomerStatistics/properties/pointsBalance","type":"integer"},"totalPointsEarned":{"$comment":"/components/schemas/CustomerStatistics/properties/totalPointsEarned","type":"integer"},"totalPointsRedeemed":{"$comment":"/components/schemas/CustomerStatistics/properties/totalPointsRedeemed","type":"integer"},"totalSpend":{"$comment":"/components/schemas/CustomerStatistics/properties/totalSpend","type":"integer"}}};

function validate53(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.lastPointsEarnedAt === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "lastPointsEarnedAt"},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.lastPointsRedeemedAt === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "lastPointsRedeemedAt"},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.lastSpentAt === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "lastSpentAt"},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.pointsBalance === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "pointsBalance"},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.totalPointsEarned === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "totalPointsEarned"},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.totalPointsRedeemed === undefined){
const err5 = {instancePath,keyword:"required",params:{missingProperty: "totalPointsRedeemed"},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.totalSpend === undefined){
const err6 = {instancePath,keyword:"required",params:{missingProperty: "totalSpend"},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "lastPointsEarnedAt") || (key0 === "lastPointsRedeemedAt")) || (key0 === "lastSpentAt")) || (key0 === "pointsBalance")) || (key0 === "totalPointsEarned")) || (key0 === "totalPointsRedeemed")) || (key0 === "totalSpend"))){
const err7 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.lastPointsEarnedAt !== undefined){
let data0 = data.lastPointsEarnedAt;
if(typeof data0 !== "string"){
const err8 = {instancePath:instancePath+"/lastPointsEarnedAt",keyword:"type",parentSchema:schema20.properties.lastPointsEarnedAt,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.lastPointsRedeemedAt !== undefined){
let data1 = data.lastPointsRedeemedAt;
if(typeof data1 !== "string"){
const err9 = {instancePath:instancePath+"/lastPointsRedeemedAt",keyword:"type",parentSchema:schema20.properties.lastPointsRedeemedAt,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.lastSpentAt !== undefined){
let data2 = data.lastSpentAt;
if(typeof data2 !== "string"){
const err10 = {instancePath:instancePath+"/lastSpentAt",keyword:"type",parentSchema:schema20.properties.lastSpentAt,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.pointsBalance !== undefined){
let data3 = data.pointsBalance;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err11 = {instancePath:instancePath+"/pointsBalance",keyword:"type",parentSchema:schema20.properties.pointsBalance,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.totalPointsEarned !== undefined){
let data4 = data.totalPointsEarned;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err12 = {instancePath:instancePath+"/totalPointsEarned",keyword:"type",parentSchema:schema20.properties.totalPointsEarned,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.totalPointsRedeemed !== undefined){
let data5 = data.totalPointsRedeemed;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err13 = {instancePath:instancePath+"/totalPointsRedeemed",keyword:"type",parentSchema:schema20.properties.totalPointsRedeemed,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.totalSpend !== undefined){
let data6 = data.totalSpend;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err14 = {instancePath:instancePath+"/totalSpend",keyword:"type",parentSchema:schema20.properties.totalSpend,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath,keyword:"type",parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}


function validate52(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"},parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.firstName === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "firstName"},parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.lastName === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "lastName"},parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema19.properties, key0))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/id",keyword:"type",parentSchema:schema19.properties.id,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.createdAt !== undefined){
let data1 = data.createdAt;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/createdAt",keyword:"type",parentSchema:schema19.properties.createdAt,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.updatedAt !== undefined){
let data2 = data.updatedAt;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/updatedAt",keyword:"type",parentSchema:schema19.properties.updatedAt,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.dob !== undefined){
let data3 = data.dob;
if(typeof data3 !== "string"){
const err7 = {instancePath:instancePath+"/dob",keyword:"type",parentSchema:schema19.properties.dob,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.email !== undefined){
let data4 = data.email;
if(typeof data4 !== "string"){
const err8 = {instancePath:instancePath+"/email",keyword:"type",parentSchema:schema19.properties.email,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.firstName !== undefined){
let data5 = data.firstName;
if(typeof data5 !== "string"){
const err9 = {instancePath:instancePath+"/firstName",keyword:"type",parentSchema:schema19.properties.firstName,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.gender !== undefined){
let data6 = data.gender;
if(typeof data6 !== "string"){
const err10 = {instancePath:instancePath+"/gender",keyword:"type",parentSchema:schema19.properties.gender,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.hasAgreedToMarketing !== undefined){
let data7 = data.hasAgreedToMarketing;
if(typeof data7 !== "boolean"){
const err11 = {instancePath:instancePath+"/hasAgreedToMarketing",keyword:"type",parentSchema:schema19.properties.hasAgreedToMarketing,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.lastName !== undefined){
let data8 = data.lastName;
if(typeof data8 !== "string"){
const err12 = {instancePath:instancePath+"/lastName",keyword:"type",parentSchema:schema19.properties.lastName,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.phoneNumber !== undefined){
let data9 = data.phoneNumber;
if(typeof data9 !== "string"){
const err13 = {instancePath:instancePath+"/phoneNumber",keyword:"type",parentSchema:schema19.properties.phoneNumber,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.statistics !== undefined){
if(!(validate53(data.statistics, {instancePath:instancePath+"/statistics"}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath,keyword:"type",parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}

export const isCustomerListTiny: Validator = validate55;
const schema21 = {"$comment":"/components/schemas/CustomerListTiny","type":"object","properties":{"id":{"$comment":"/components/schemas/CustomerListTiny/properties/id","type":"string"},"name":{"$comment":"/components/schemas/CustomerListTiny/properties/name","type":"string"}}};

function validate55(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"},parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "name"},parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "id") || (key0 === "name"))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0},parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/id",keyword:"type",parentSchema:schema21.properties.id,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/name",keyword:"type",parentSchema:schema21.properties.name,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,keyword:"type",parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}
