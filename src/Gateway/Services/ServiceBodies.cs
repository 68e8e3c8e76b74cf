using System.Buffers;
using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Services;

/// <summary>
/// With the <c>Code</c> of the grid as it was scanned, or in its place the <c>Grid</c>, for who is signed in.
/// </summary>
internal sealed record AskBody
{
    private const int PhoneDigits = 5;

    private static readonly SearchValues<char> s_phone = SearchValues.Create("0123456789+- ");

    [MaxLength(ServiceCodes.CodeMax)]
    public string? Code { get; init; }

    [RegularExpression(TextForms.Grid)]
    public string? Grid { get; init; }

    [Required]
    public string? Matter { get; init; }

    [Required, NamesOf<ServiceMode>]
    public string? Mode { get; init; }

    [Required, MaxLength(ServiceRequest.NameMax)]
    public string? Name { get; init; }

    [Required, MaxLength(ServiceRequest.PhoneMax)]
    public string? Phone { get; init; }

    [MaxLength(ServiceRequest.AddressMax)]
    public string? Address { get; init; }

    [MaxLength(ServiceRequest.TextMax)]
    public string? Text { get; init; }

    public ServiceRequest Read(Check check, AreaCode grid, Guid commandId)
    {
        var matter = ServiceMatters.Find(Matter);
        check.That(matter is not null, "matter", "is one of GET services/matters");
        var mode = check.OneOf<ServiceMode>(Mode, "mode");
        check.That(!string.IsNullOrEmpty(Mode), "mode", "is required");
        check.That(
            matter is null || mode is not { } how || matter.Modes.Contains(how), "mode",
            $"is one that the matter is done in: {string.Join(", ", matter?.Modes ?? [])}");
        var phone = check.Text(Phone, "phone", ServiceRequest.PhoneMax);
        check.That(
            !phone.AsSpan().ContainsAnyExcept(s_phone)
                && (phone.Length == 0 || phone.Count(char.IsAsciiDigit) >= PhoneDigits),
            "phone", $"has {PhoneDigits} digits or more, and besides them only '+', '-' and spaces");
        var address = check.OptionalText(Address, "address", ServiceRequest.AddressMax);
        check.That(mode != ServiceMode.AtHome || address is not null, "address", "is required at home");
        return new ServiceRequest(
            ServiceRequest.IdOf(grid, commandId), matter?.Code ?? string.Empty, mode ?? default,
            check.Text(Name, "name", ServiceRequest.NameMax),
            string.Concat(phone.Where(letter => letter is '+' || char.IsAsciiDigit(letter))), address,
            check.OptionalText(Text, "text", ServiceRequest.TextMax));
    }
}

/// <summary>Of every command to a service; each reads what it needs.</summary>
internal sealed record ServiceBody
{
    public const int WorkerMax = 64;

    [MaxLength(ServiceCodes.CodeMax)]
    public string? Token { get; init; }

    [MaxLength(WorkerMax)]
    public string? Worker { get; init; }

    [MaxLength(ServiceRequest.TextMax)]
    public string? Text { get; init; }

    [Range(1, 5)]
    public int? Score { get; init; }

    [MaxLength(ServiceRequest.TextMax)]
    public string? Comment { get; init; }
}

/// <summary>How far a service is, with nothing of whom it is for.</summary>
/// <param name="Text">What is missing, what came of it, or why not.</param>
/// <param name="Token">Told once, to who asked.</param>
public sealed record ServiceStatus(
    string Id, ServiceState State, string Matter, string MatterName, string MatterNameEn, ServiceMode Mode,
    DateTimeOffset AskedAt, DateTimeOffset DueAt, DateTimeOffset UpdatedAt, bool Overdue, string? Text, int? Score,
    string? Token)
{
    public static ServiceStatus Of(ServiceView view, DateTimeOffset now, string? token = null) => new(
        view.Request.Id, view.State, view.Request.Matter, NameOf(view)?.Name ?? view.Request.Matter,
        NameOf(view)?.NameEn ?? view.Request.Matter, view.Request.Mode, view.AskedAt, view.DueAt, view.UpdatedAt,
        view.IsOverdue(now), view.Text is { } text ? PersonalText.Mask(text) : null, view.Score, token);

    private static ServiceMatter? NameOf(ServiceView view) => ServiceMatters.Find(view.Request.Matter);
}

/// <summary>A service as the people of its grid and their desks see it.</summary>
internal sealed record ServiceItem(
    string Id, ServiceState State, string Matter, ServiceMode Mode, [property: Contact] string Name,
    [property: Contact] string Phone, [property: Contact] string? Address, [property: Words] string? Note,
    string? Holder, DateTimeOffset AskedAt, DateTimeOffset DueAt, DateTimeOffset UpdatedAt, bool Overdue,
    [property: Words] string? Text, int? Score)
{
    public static ServiceItem Of(ServiceView view, DateTimeOffset now) => new(
        view.Request.Id, view.State, view.Request.Matter, view.Request.Mode, view.Request.Name, view.Request.Phone,
        view.Request.Address, view.Request.Text, view.Holder, view.AskedAt, view.DueAt, view.UpdatedAt,
        view.IsOverdue(now), view.Text, view.Score);
}

/// <summary>How the services of an area stand.</summary>
internal sealed record ServiceSum(
    AreaCode Area, int Asked, int Taken, int DocumentsNeeded, int Overdue, int Done, int Declined, int Withdrawn,
    IReadOnlyDictionary<string, int> ByMatter)
{
    public static ServiceSum Of(AreaCode area, IReadOnlyCollection<ServiceBoard> boards) => new(
        area, boards.Sum(one => one.Asked), boards.Sum(one => one.Taken), boards.Sum(one => one.DocumentsNeeded),
        boards.Sum(one => one.Overdue), boards.Sum(one => one.Done), boards.Sum(one => one.Declined),
        boards.Sum(one => one.Withdrawn),
        boards.SelectMany(one => one.ByMatter).GroupBy(count => count.Matter)
            .ToDictionary(counts => counts.Key, counts => counts.Sum(count => count.Asked)));
}

/// <param name="Grids">Those that were asked for services.</param>
/// <param name="Items">Only of a grid, and only for who may see them.</param>
internal sealed record ServiceList(
    ServiceSum Sum, IReadOnlyList<ServiceSum> Grids, IReadOnlyList<ServiceItem>? Items);
