namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>How much one token or one address may ask. Section <c>GridMesh:Limits</c>.</summary>
public sealed class LimitOptions
{
    public const string Section = "GridMesh:Limits";

    /// <summary>Requests a second of one token, 1-1,000,000.</summary>
    public int TokenPerSecond { get; set; } = 200;

    /// <summary>Requests that one token may send at once, 1-1,000,000.</summary>
    public int TokenBurst { get; set; } = 400;

    /// <summary>Requests a second without a token from one address, 1-1,000,000.</summary>
    public int AddressPerSecond { get; set; } = 50;

    /// <summary>Requests without a token that one address may send at once, 1-1,000,000.</summary>
    public int AddressBurst { get; set; } = 200;

    /// <summary>
    /// Case numbers a second that one address without a token may look up, 1-1,000,000; one that does not exist counts
    /// five times.
    /// </summary>
    public int LookupPerSecond { get; set; } = 1;

    /// <summary>Case numbers that it may look up at once, 1-1,000,000.</summary>
    public int LookupBurst { get; set; } = 60;

    public IEnumerable<string> Problems()
    {
        (string Name, int Value)[] values =
        [
            (nameof(TokenPerSecond), TokenPerSecond), (nameof(TokenBurst), TokenBurst),
            (nameof(AddressPerSecond), AddressPerSecond), (nameof(AddressBurst), AddressBurst),
            (nameof(LookupPerSecond), LookupPerSecond), (nameof(LookupBurst), LookupBurst),
        ];
        return values.Where(entry => entry.Value is < 1 or > 1_000_000)
            .Select(entry => $"{Section}:{entry.Name} is {entry.Value}; it has to be 1-1000000");
    }
}
