namespace GridMesh.Gateway.Open311;

/// <summary>A call of GeoReport v2 as its description has it.</summary>
/// <param name="Query">Parameters and what they are; of a POST fields of its form.</param>
/// <param name="Answer">Shape of the answer, by name.</param>
internal sealed record Open311Call(
    string Id, string Tag, string Summary, (string Name, string Words)[] Query, string Answer);

/// <summary>All of them, in the order in which they are mapped.</summary>
internal static class Open311Calls
{
    public const string Discovery = nameof(Discovery);
    public const string Service = nameof(Service);
    public const string ServiceDefinition = nameof(ServiceDefinition);
    public const string ServiceRequest = nameof(ServiceRequest);
    public const string RequestReceipt = nameof(RequestReceipt);
    public const string RequestToken = nameof(RequestToken);

    private static readonly (string Name, string Words) s_jurisdiction =
        ("jurisdiction_id", "Code of the district; needed where several are served");

    private static readonly (string Name, string Words) s_key = ("api_key", "Limits hold for the key instead");

    public static ImmutableArray<Open311Call> All { get; } =
    [
        new("discover", "Discovery", "Where the service is and what it speaks", [], Discovery),
        new("listServices", "Services", "The categories of the filing standards", [s_jurisdiction], Service),
        new("getServiceDefinition", "Services", "What belongs to one category", [s_jurisdiction], ServiceDefinition),
        new("searchRequests", "Requests", "Requests of ninety days at most, newest first",
        [
            s_jurisdiction, ("service_request_id", "Up to 50 numbers, separated by commas; overrides the rest"),
            ("service_code", "Up to 50 codes, separated by commas"), ("status", "open, closed, or both"),
            ("start_date", "A time with its zone, or a day of China"), ("end_date", "The same"),
            ("page", "From 1"), ("page_size", "At most 1,000"), s_key,
        ], ServiceRequest),
        new("getRequest", "Requests", "One request", [s_jurisdiction, s_key], ServiceRequest),
        new("getToken", "Requests", "A number stands for itself", [s_jurisdiction, s_key], RequestToken),
        new("postRequest", "Requests", "Report; sent again with the same Idempotency-Key it is the same case",
        [
            ("api_key", "Who reports"), s_jurisdiction, ("service_code", "One of the services"),
            ("lat", "WGS84; with long, or address_id in their place"), ("long", "WGS84"),
            ("address_id", "Code of a grid"), ("address_string", "For staff"), ("description", "What is the matter"),
            ("media_url", "Address of a picture"), ("attribute[SEVERITY]", "Normal, Urgent or Major"),
            ("first_name", "Who reports"), ("last_name", "Who reports"), ("phone", "Who reports"),
            ("email", "Who reports"),
        ], RequestReceipt),
    ];
}
