/** A small catalogue of our own making, in the shape of that of 2001. */

/** Without a mistake. */
export const SMALL = String.raw`<?xml version="1.0"?>
<BulletinDatastore DataVersion="1.0" SchemaVersion="1.0.0.11">
	<Bulletins>
		<Bulletin BulletinID="AC01-001" BulletinLocationID="2" FAQLocationID="2" FAQPageName="f1.asp" Title="Acme &amp; others" DatePosted="2001/02/03" DateRevised="2001/03/04" Supported="Yes" Summary="" Issue="It is too &lt;open&gt;." ImpactSeverityID="0">
			<BulletinComments/>
			<QNumbers><QNumber QNumber="Q100001"/></QNumbers>
			<Patches>
				<Patch PatchName="old fix.exe" PatchLocationID="2" SBID="1" SQNumber="Q100001" NoReboot="0">
					<PatchComments><PatchComment CommentID="1"/></PatchComments>
					<AffectedProduct ProductID="1" FixedInSP="0"><AffectedServicePack ServicePackID="1"/><AffectedServicePack ServicePackID="2"/></AffectedProduct>
					<FileChgs><FileChg FileChangeID="11"/><FileChg FileChangeID="12"/><FileChg FileChangeID="13"/><FileChg FileChangeID="14"/></FileChgs>
					<RegChgs><RegChg RegChangeID="21"/></RegChgs>
				</Patch>
			</Patches>
		</Bulletin>
		<Bulletin BulletinID="AC01-002" Title="Again" DatePosted="2001/05/06">
			<Patches>
				<Patch PatchName="new.exe" PatchLocationID="2" SBID="0" SQNumber="" NoReboot="1">
					<AffectedProduct ProductID="1" FixedInSP="0"/>
					<AffectedProduct ProductID="2" FixedInSP="0"/>
					<RegChgs><RegChg RegChangeID="22"/></RegChgs>
				</Patch>
				<Patch PatchName="none.exe" SBID=""><AffectedProduct ProductID="2" FixedInSP=""/></Patch>
			</Patches>
		</Bulletin>
	</Bulletins>
	<Products>
		<Product ProductID="1" Name="Windows 2000 Professional" CurrentServicePackID="2"><ProductFamilies><ProductFamily ProductFamilyID="1"/></ProductFamilies><AvailableSPs><AvailableSP ServicePackID="1"/><AvailableSP ServicePackID="2"/></AvailableSPs></Product>
		<Product ProductID="2" Name="Acme Editor 2.0"><ProductFamilies/><AvailableSPs/></Product>
	</Products>
	<ProductFamilies><ProductFamily ProductFamilyID="1" Name="Windows 2000"/></ProductFamilies>
	<ServicePacks>
		<ServicePack ServicePackID="1" Name="Windows 2000 Gold" URL="" ReleaseDate="2000/01/03"/>
		<ServicePack ServicePackID="2" Name="Windows 2000 Service Pack 1" URL="http://sp.example.invalid/" ReleaseDate="2000/07/31"/>
	</ServicePacks>
	<RegKeys>
		<RegKey RegKeyID="5" Name="Installed" Type="0x10001"><RegChanges><RegChange RegChangeID="21" RegChangeValue="1" CommandID="r" RegKeyID="5" LocationID="3"/></RegChanges></RegKey>
		<RegKey RegKeyID="6" Name="Version" Type="0"><RegChanges><RegChange RegChangeID="22" RegChangeValue="7,0" CommandID="r" LocationID="3"/></RegChanges></RegKey>
	</RegKeys>
	<Files>
		<File FileID="1" Name="a.dll" LocationID="1"><FileChanges><FileChange FileChangeID="11" Date="2001/01/01" Version="5.0.2195.1" Size="" CommandID="c" Checksum="1"/></FileChanges></File>
		<File FileID="2" Name="b.dll" LocationID="1"><FileChanges><FileChange FileChangeID="12" Version="5.0.2195.2" CommandID="e"/></FileChanges></File>
		<File FileID="3" Name="c.dll" LocationID="1"><FileChanges><FileChange FileChangeID="13" Version="" CommandID="d"/></FileChanges></File>
		<File FileID="4" Name="d.dll" LocationID="1"><FileChanges><FileChange FileChangeID="14" Version="na" CommandID="c" Checksum="2"/></FileChanges></File>
	</Files>
	<Commands><Command CommandID="c" Name="change"/><Command CommandID="e" Name="if there"/><Command CommandID="d" Name="delete"/><Command CommandID="r" Name="registry"/></Commands>
	<Locations>
		<Location LocationID="1" Path="%windir%\system32"/>
		<Location LocationID="2" Path="http://fix.example.invalid/a b"/>
		<Location LocationID="3" Path="HKLM\SOFTWARE\Acme\Hotfix\Q100001"/>
	</Locations>
	<Comments><Comment CommentID="1" Text="For some -- not all."/></Comments>
	<Severities><Severity SeverityID="0" Description="NA"/></Severities>
	<SupercededBys>
		<SupercededBy SBID="1"><SupercededBulletins><SupercededBulletin BulletinID="AC01-002"><SupercededPatches><SupercededPatch PatchName="new.exe"/></SupercededPatches></SupercededBulletin></SupercededBulletins></SupercededBy>
	</SupercededBys>
</BulletinDatastore>
`;
