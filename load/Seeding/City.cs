using GridMesh.Demo;

namespace GridMesh.Load.Seeding;

/// <summary>Districts of one city: from the second on what is numbered within one gets its code before it.</summary>
internal static class City
{
    public static IReadOnlyList<string> Codes(int districts)
    {
        var first = int.Parse(DemoDistrict.DefaultCode);
        return [.. Enumerable.Range(first, districts).Select(code => code.ToString())];
    }

    public static DirectoryData Build(int districts, int seed)
    {
        var codes = Codes(districts);
        var parts = codes.AsParallel().AsOrdered().Select((code, i) =>
        {
            var district = DemoDistrict.Generate(DemoDistrict.DefaultSeed + seed - 1 + i, code);
            return i == 0 ? district : Rename(district, code);
        }).ToArray();
        return new DirectoryData(
            All(parts, part => part.Areas), All(parts, part => part.Buildings), All(parts, part => part.Workers),
            All(parts, part => part.Departments), All(parts, part => part.Devices), parts[0].Standards,
            parts[0].Calendar)
        {
            Ladders = parts[0].Ladders,
        };
    }

    private static DirectoryData Rename(DirectoryData data, string code) => data with
    {
        Departments = [.. data.Departments.Select(department => department.Area.Tier == Tier.District
            ? department with { Id = $"{code}-{department.Id}" }
            : department)],
        Devices = [.. data.Devices.Select(device => device.Id.Contains(code, StringComparison.Ordinal)
            ? device
            : device with { Id = $"{code}-{device.Id}" })],
    };

    private static ImmutableArray<T> All<T>(DirectoryData[] parts, Func<DirectoryData, ImmutableArray<T>> of) =>
        [.. parts.SelectMany(part => of(part))];
}
