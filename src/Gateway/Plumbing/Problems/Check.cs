using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Plumbing.Problems;

/// <summary>Collects what is wrong with a request's fields, so that the client hears everything at once.</summary>
internal sealed class Check
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public bool Failed => _errors.Count > 0;

    /// <summary>The fields with which anything is wrong.</summary>
    public IEnumerable<string> Faulty => _errors.Keys;

    public IResult Problem => Problems.Problem.Invalid(_errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));

    public Check That(bool holds, string field, string otherwise)
    {
        if (!holds)
            (_errors.TryGetValue(field, out var list) ? list : _errors[field] = []).Add(otherwise);

        return this;
    }

    /// <summary>A text that has to be there: 1 to <paramref name="max"/> characters, not only white space.</summary>
    public string Text(string? value, string field, int max)
    {
        That(!string.IsNullOrWhiteSpace(value), field, "is required");
        That((value?.Length ?? 0) <= max, field, $"has at most {max} characters");
        return value ?? string.Empty;
    }

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string? value, string field, int max)
    {
        That((value?.Length ?? 0) <= max, field, $"has at most {max} characters");
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>One of an enum's names, upper or lower case; null when absent.</summary>
    public T? OneOf<T>(string? value, string field)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(value))
            return null;

        if (EnumName.TryParse<T>(value, out var parsed, ignoreCase: true))
            return parsed;

        That(false, field, $"is one of {EnumName.All<T>()}");
        return null;
    }

    public AreaCode? Area(string? value, string field)
    {
        if (string.IsNullOrEmpty(value))
            return null;

        if (AreaCode.TryParse(value, out var code, out var reason))
            return code;

        That(false, field, reason);
        return null;
    }

    /// <summary>The number of a case, which has to be there.</summary>
    public CaseNumber Case(string? value, string field)
    {
        if (!CaseNumber.TryParse(value ?? string.Empty, out var number, out var reason))
            That(false, field, reason);

        return number;
    }

    /// <summary>A day, which has to be there; null when it is none.</summary>
    public DateOnly? Day(string? value, string field)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        That(false, field, "is a day as 2026-05-01");
        return null;
    }

    public GeoPoint? Point(GeoPoint? value, string field)
    {
        That(value is not { IsValid: false }, field, "is a WGS84 longitude (-180..180) and latitude (-90..90)");
        return value;
    }
}
