using System.Collections.Frozen;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// Which tokens still count, as this process knows it: a token may be called back before its end, and whoever it names
/// may have left. Asked at every request, so it is memory only; <see cref="TokenRefresh"/> keeps it fresh.
/// </summary>
internal sealed class LiveTokens(AuthOptions options, IDirectory directory)
{
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(1);

    private readonly Lock _changing = new();
    private volatile FrozenSet<string> _revoked = [];
    private volatile FrozenSet<string> _issued = [];

    /// <summary>Another one after every change.</summary>
    public object State => _revoked;

    /// <summary>Why the token counts no more; null: it does.</summary>
    public string? Refusal(CurrentActor me)
    {
        var revoked = _revoked;
        if (me.Token is { } token)
        {
            if (revoked.Count > 0
                && ((token.Id is { } id && revoked.Contains(id))
                    || (token.Session is { } session && revoked.Contains(session))))
            {
                return "The token was called back.";
            }

            if (token.Life > TimeSpan.FromHours(options.TokenHours) + s_skew
                && (token.Id is null || !_issued.Contains(token.Id)))
            {
                return $"The token lives longer than {options.TokenHours} hours.";
            }
        }

        return me.Actor is { Role: not Role.Resident, Worker: { } worker } && !directory.Has(worker)
            ? "The token's 'worker' is not in the directory."
            : null;
    }

    public void Take(TokenList list)
    {
        lock (_changing)
        {
            _issued = list.Issued.ToFrozenSet(StringComparer.Ordinal);
            _revoked = list.Revoked.ToFrozenSet(StringComparer.Ordinal);
        }
    }

    /// <summary>At once in this process; the others see it in the database.</summary>
    public void Revoke(string id)
    {
        lock (_changing)
        {
            _revoked = _revoked.Append(id).ToFrozenSet(StringComparer.Ordinal);
        }
    }
}
