using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Services;

/// <summary>Where a service stands. Those that are open come first.</summary>
[GenerateSerializer, Alias("ServiceState")]
public enum ServiceState
{
    Asked,
    Taken,

    /// <summary>Something is missing that the asker has to bring.</summary>
    DocumentsNeeded,
    Done,
    Rated,
    Declined,
    Withdrawn,
}

public static class ServiceStates
{
    public static bool IsOpen(this ServiceState state) => state < ServiceState.Done;
}

/// <summary>What somebody asks for.</summary>
/// <param name="Id">The number: <c>{grid}-S{12 hexadecimal digits}</c>.</param>
/// <param name="Matter">A code of the catalogue.</param>
/// <param name="Address">Where to come to; required at home.</param>
[GenerateSerializer, Immutable, Alias("ServiceRequest")]
public sealed record ServiceRequest(
    [property: Id(0)] string Id, [property: Id(1)] string Matter, [property: Id(2)] ServiceMode Mode,
    [property: Id(3), Contact] string Name, [property: Id(4), Contact] string Phone,
    [property: Id(5), Contact] string? Address,
    [property: Id(6), Words] string? Text)
{
    public const int NameMax = 64;

    public const int AddressMax = 200;

    /// <summary>Longest text of an asker or worker in characters.</summary>
    public const int TextMax = 1_000;

    public const int PhoneMax = 20;

    /// <summary>Most services of a grid that are open.</summary>
    public const int OpenMax = 1_000;

    /// <summary>Most open services of one telephone number in a grid.</summary>
    public const int OpenOfPhoneMax = 3;

    /// <summary>Services that are over and still known; older ones are in the journal only.</summary>
    public const int OverMax = 1_000;

    private const int IdLength = 29;

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The number that a command gives its service: the same command, the same number.</summary>
    public static string IdOf(AreaCode grid, Guid commandId) => $"{grid}-S{$"{commandId:N}"[..12]}";

    public static bool TryGridOf([NotNullWhen(true)] string? id, out AreaCode grid)
    {
        grid = default;
        return id is { Length: IdLength } && id[15] == '-' && id[16] == 'S'
            && !id.AsSpan(17).ContainsAnyExcept(s_hex) && AreaCode.TryParse(id[..15], out grid, out _);
    }
}

/// <summary>A service as it stands.</summary>
/// <param name="AskedBy">The subject of who asked.</param>
/// <param name="Holder">Id of the worker who does it; null while nobody does.</param>
/// <param name="DueAt">When it has to be done by.</param>
/// <param name="UpdatedAt">When it last came further.</param>
/// <param name="Text">The last word to the asker: what is missing, what came of it, why not.</param>
[GenerateSerializer, Immutable, Alias("ServiceView")]
public sealed record ServiceView(
    [property: Id(0)] ServiceRequest Request, [property: Id(1)] ServiceState State, [property: Id(2)] string AskedBy,
    [property: Id(3)] DateTimeOffset AskedAt, [property: Id(4)] DateTimeOffset DueAt,
    [property: Id(5)] DateTimeOffset UpdatedAt, [property: Id(6)] string? Holder, [property: Id(7)] string? Text,
    [property: Id(8)] int? Score)
{
    public bool IsOverdue(DateTimeOffset now) => State.IsOpen() && now > DueAt;
}
