namespace GridMesh.Gateway.Plumbing.Descriptions;

/// <summary>What clients send as well as get: it names what it has to have.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SentAttribute : Attribute;
