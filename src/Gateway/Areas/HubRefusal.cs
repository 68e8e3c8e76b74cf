using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>An expected no of the hub: the client's error says the code and then the words.</summary>
internal sealed class HubRefusal(string code, string words) : HubException($"{code}: {words}")
{
    public HubRefusal(Enum code, string words)
        : this(code.ToString(), words)
    {
    }
}
