/**
 * Kinds that carry tags (on Google Cloud `labels`, or `resourceLabels`), in the SDK modules that the program uses. Taken from the SDKs'
 * argument types; a test compares this table with the installed ones.
 */
const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: {
    ec2: `
      Ami AmiCopy AmiFromInstance CapacityBlockReservation CapacityReservation CarrierGateway
      CustomerGateway DedicatedHost DefaultNetworkAcl DefaultRouteTable DefaultSecurityGroup
      DefaultSubnet DefaultVpc DefaultVpcDhcpOptions EgressOnlyInternetGateway Eip EncryptionControl
      Fleet FlowLog Instance InternetGateway KeyPair LaunchTemplate LocalGatewayRouteTable
      LocalGatewayRouteTableVirtualInterfaceGroupAssociation LocalGatewayRouteTableVpcAssociation
      ManagedPrefixList NatGateway NetworkAcl NetworkInsightsAccessScope NetworkInsightsAnalysis
      NetworkInsightsPath NetworkInterface PlacementGroup RouteTable SecondaryNetwork SecondarySubnet
      SecurityGroup SpotFleetRequest SpotInstanceRequest Subnet TrafficMirrorFilter TrafficMirrorSession
      TrafficMirrorTarget Vpc VpcBlockPublicAccessExclusion VpcDhcpOptions VpcEncryptionControl
      VpcEndpoint VpcEndpointService VpcIpam VpcIpamPool VpcIpamPoolCidrAllocation
      VpcIpamResourceDiscovery VpcIpamResourceDiscoveryAssociation VpcIpamScope VpcPeeringConnection
      VpcPeeringConnectionAccepter VpnConcentrator VpnConnection VpnGateway`,
    vpc: `
      RouteServer RouteServerEndpoint RouteServerPeer SecurityGroupEgressRule SecurityGroupIngressRule`,
    s3: `
      AccessPoint Bucket BucketObject BucketObjectv2 BucketV2 DirectoryBucket FilesAccessPoint
      FilesFileSystem ObjectCopy VectorsIndex VectorsVectorBucket`,
    kms: `
      ExternalKey Key ReplicaExternalKey ReplicaKey`,
    ecr: `
      Repository`,
    iam: `
      InstanceProfile OpenIdConnectProvider Policy Role SamlProvider ServerCertificate ServiceLinkedRole
      User VirtualMfaDevice`,
    eks: `
      AccessEntry Addon Capability Cluster FargateProfile IdentityProviderConfig NodeGroup
      PodIdentityAssociation`,
    cloudwatch: `
      AlarmMuteRule CompositeAlarm ContributorInsightRule ContributorManagedInsightRule EventBus
      EventRule InternetMonitor LogAnomalyDetector LogDelivery LogDeliveryDestination LogDeliverySource
      LogDestination LogGroup MetricAlarm MetricStream`,
  },
  gcp: {
    compute: `
      Address Disk ExternalVpnGateway ForwardingRule GlobalAddress GlobalForwardingRule HaVpnGateway
      Image Instance InstanceFromMachineImage InstanceFromTemplate InstanceTemplate InstantSnapshot
      Interconnect InterconnectAttachment RegionDisk RegionInstanceTemplate RegionInstantSnapshot
      SecurityPolicy Snapshot StoragePool VPNTunnel`,
    container: `
      Cluster`,
    storage: `
      Bucket`,
    kms: `
      CryptoKey`,
    dns: `
      ManagedZone`,
    artifactregistry: `
      Repository`,
  },
  "azure-native": {
    network: `
      ApplicationGateway ApplicationSecurityGroup AzureFirewall BastionHost ConnectionMonitor
      CustomIPPrefix DdosCustomPolicy DdosProtectionPlan DscpConfiguration ExpressRouteCircuit
      ExpressRouteGateway ExpressRoutePort FirewallPolicy FirewallPolicyDraft FlowLog InterconnectGroup
      InterfaceEndpoint IpAllocation IpGroup IpamPool LoadBalancer LocalNetworkGateway NatGateway
      NetworkInterface NetworkManager NetworkProfile NetworkSecurityGroup NetworkSecurityPerimeter
      NetworkSecurityPerimeterAccessRule NetworkSecurityPerimeterAssociation
      NetworkSecurityPerimeterProfile NetworkVirtualAppliance NetworkWatcher NspAccessRule NspAssociation
      NspProfile P2sVpnGateway PrivateEndpoint PrivateLinkService PublicIPAddress PublicIPPrefix
      RouteFilter RouteTable SecurityPartnerProvider ServiceEndpointPolicy ServiceGateway
      VerifierWorkspace VirtualHub VirtualNetwork VirtualNetworkAppliance VirtualNetworkGateway
      VirtualNetworkGatewayConnection VirtualNetworkTap VirtualRouter VirtualWan VpnGateway
      VpnServerConfiguration VpnSite WebApplicationFirewallPolicy`,
    containerservice: `
      AgentPool Fleet FleetManagedNamespace ManagedCluster ManagedClusterSnapshot ManagedNamespace
      Namespace Snapshot`,
    operationalinsights: `
      Cluster DataSource LinkedService Query QueryPack StorageInsightConfig Workspace`,
    compute: `
      AvailabilitySet CapacityReservation CapacityReservationGroup DedicatedHost DedicatedHostGroup Disk
      DiskAccess DiskEncryptionSet Gallery GalleryApplication GalleryApplicationVersion GalleryImage
      GalleryImageVersion GalleryInVMAccessControlProfile GalleryInVMAccessControlProfileVersion
      GalleryScript GalleryScriptVersion Image ProximityPlacementGroup RestorePointCollection Snapshot
      SshPublicKey VirtualMachine VirtualMachineExtension VirtualMachineRunCommandByVirtualMachine
      VirtualMachineScaleSet VirtualMachineScaleSetVM VirtualMachineScaleSetVMRunCommand`,
    storage: `
      Connector DataShare StorageAccount`,
    keyvault: `
      Key ManagedHsm MHSMPrivateEndpointConnection Secret Vault`,
    containerregistry: `
      AgentPool Registry Replication Task Webhook`,
    managedidentity: `
      UserAssignedIdentity`,
    monitor: `
      ActionGroup ActivityLogAlert AutoscaleSetting AzureMonitorWorkspace DataCollectionEndpoint
      DataCollectionRule HealthModel MetricAlert PipelineGroup PrivateLinkScope ScheduledQueryRule
      TenantActionGroup`,
    privatedns: `
      PrivateZone VirtualNetworkLink`,
    resources: `
      AzureCliScript AzurePowerShellScript Deployment DeploymentAtManagementGroupScope DeploymentAtScope
      DeploymentAtSubscriptionScope DeploymentAtTenantScope DeploymentStackAtManagementGroup
      DeploymentStackAtResourceGroup DeploymentStackAtSubscription
      DeploymentStacksWhatIfResultsAtManagementGroup DeploymentStacksWhatIfResultsAtResourceGroup
      DeploymentStacksWhatIfResultsAtSubscription Resource ResourceGroup TemplateSpec TemplateSpecVersion`,
  },
};

type Package = "aws" | "gcp" | "azure-native";

const tokens: Readonly<Record<Package, (module: string, kind: string) => string>> = {
  aws: (module, kind) => `aws:${module}/${lowerFirst(kind)}:${kind}`,
  gcp: (module, kind) => `gcp:${module}/${lowerFirst(kind)}:${kind}`,
  "azure-native": (module, kind) => `azure-native:${module}:${kind}`,
};

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** The type tokens of a package that carry tags or labels. */
export function taggableTypes(packageName: Package): string[] {
  return Object.entries(kinds[packageName] ?? {}).flatMap(([module, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((kind) => tokens[packageName](module, kind)),
  );
}

/** The modules that the table covers. */
export const taggableModules = (packageName: Package): string[] => Object.keys(kinds[packageName] ?? {});

/** Where a Google Cloud kind carries labels: those of a cluster are for its machines, so they have a name of their own. */
export const labelsOf = (type: string): "labels" | "resourceLabels" =>
  type === "gcp:container/cluster:Cluster" ? "resourceLabels" : "labels";
