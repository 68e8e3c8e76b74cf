using System.Security.Cryptography;
using GridMesh.Contracts.Codes;

namespace GridMesh.Gateway.Plumbing.Keys;

/// <summary>How a key was taken.</summary>
internal enum KeyVerdict
{
    Admitted,
    Unknown,
    TooOften,
}

/// <summary>Who came by a key.</summary>
/// <param name="Area">What it may touch; null: everything, which only the key of Development may.</param>
internal sealed record ApiKey(string Name, AreaCode? Area);

/// <summary>
/// The keys of one endpoint. A presented key is hashed and compared with every known hash in constant time: how long it
/// takes tells nothing. Their counters are all that is held, so memory is bounded by the configuration.
/// </summary>
internal sealed class ApiKeys
{
    /// <summary>What the key of Development is called.</summary>
    public const string DevelopmentName = "development";

    private readonly Entry[] _entries;
    private readonly TimeProvider _time;

    /// <param name="developmentKey">Taken as well where not null: in Development, where no keys are configured.</param>
    public ApiKeys(IEnumerable<ApiKeyOptions> keys, string? developmentKey, TimeProvider time)
    {
        _time = time;
        _entries = [.. keys.Select(key => new Entry(
            new ApiKey(key.Name!, AreaCode.Parse(key.Area!)), key.Hash(), new KeyMeter(key.PerSecond, key.PerDay)))];
        if (developmentKey is not null)
        {
            _entries = [.. _entries, new Entry(
                new ApiKey(DevelopmentName, null), ApiKeyOptions.HashOf(developmentKey), KeyMeter.Generous)];
        }
    }

    public (KeyVerdict Verdict, ApiKey? Key) Admit(string? presented)
    {
        if (presented is not { Length: > 0 and <= ApiKeyOptions.KeyMax })
            return (KeyVerdict.Unknown, null);

        var hash = ApiKeyOptions.HashOf(presented);
        Entry? found = null;
        foreach (var entry in _entries)
        {
            if (CryptographicOperations.FixedTimeEquals(entry.Hash, hash))
                found = entry;
        }

        return Admit(found);
    }

    /// <summary>For what comes in by a key of the configuration that this program itself holds up.</summary>
    public (KeyVerdict Verdict, ApiKey? Key) AdmitNamed(string name) =>
        Admit(Array.Find(_entries, entry => entry.Key.Name == name));

    private (KeyVerdict Verdict, ApiKey? Key) Admit(Entry? found) =>
        found is null ? (KeyVerdict.Unknown, null)
        : found.Meter.TryTake(_time.GetUtcNow()) ? (KeyVerdict.Admitted, found.Key)
        : (KeyVerdict.TooOften, null);

    private sealed record Entry(ApiKey Key, byte[] Hash, KeyMeter Meter);
}
