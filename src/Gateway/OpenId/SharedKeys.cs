using System.Xml.Linq;
using GridMesh.Contracts.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace GridMesh.Gateway.OpenId;

/// <summary>
/// The keys that seal cookies, where every gateway finds them. Of two gateways that make one at a time the first
/// counts, and the other, which reads all of them afterwards, takes it.
/// </summary>
internal sealed class SharedKeys(IKeyRing ring) : IXmlRepository
{
    private int _known;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = ring.ListAsync().AsTask().GetAwaiter().GetResult();
        _known = keys.Count;
        return [.. keys.Select(key => XElement.Parse(key))];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        ring.AddAsync(element.ToString(SaveOptions.DisableFormatting), _known).AsTask().GetAwaiter().GetResult();
}
