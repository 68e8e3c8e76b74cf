using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Evidence;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Open311;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Keys;
using GridMesh.Gateway.Public;
using GridMesh.Gateway.Residents.Pages;
using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Residents;

/// <summary>The form of a report: a category, a place, and if one likes words, a photo and how to be reached.</summary>
internal sealed class ReportPages(
    IDirectory directory, PageKey key, PublicLines lines, PublicCases cases, DistrictMaps maps, GridLocator locator,
    IncidentService service, PhotoReader photos, IEvidenceStore evidence, ReceiptCodes receipts, LookupLimits limits)
{
    public const string Path = "/public/report";

    /// <summary>What a report costs of the look-ups of an address.</summary>
    private const int Cost = 5;

    /// <summary>Categories that need no looking for.</summary>
    private const int FrequentMax = 8;

    /// <summary>A photo and the fields beside it.</summary>
    private const int BodyMax = Photo.BytesMax + 100_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext context, ReportPages pages) => pages.GetAsync(context));
        app.MapGet("/public/place", (double lng, double lat, HttpContext context, ReportPages pages) =>
            pages.Place(new GeoPoint(lng, lat), context));
        app.MapPost(Path, (HttpContext context, ReportPages pages) => pages.PostAsync(context))
            .AddEndpointFilter(Paper.OwnFormsOnly)
            .WithMetadata(new RequestSizeLimitAttribute(BodyMax));
    }

    private Task<IResult> GetAsync(HttpContext context) =>
        ShowAsync(context, StatusCodes.Status200OK, new Fields(), null);

    /// <summary>For the script: what the place is called that it took.</summary>
    private IResult Place(GeoPoint point, HttpContext context)
    {
        var view = directory.Current;
        return point.IsValid && locator.GridAt(point) is { } grid
            ? Results.Json(new { name = Visitor.Of(context).T(Names.PlaceOf(grid, view)) })
            : Results.NotFound();
    }

    private async Task<IResult> PostAsync(HttpContext context)
    {
        // A larger form has a photo, and photos in memory are bounded.
        var isSmall = context.Request.ContentLength is <= Paper.SmallForm;
        using var hand = isSmall ? null : photos.Take();
        if (!isSmall && hand is null)
        {
            return await ShowAsync(context, StatusCodes.Status503ServiceUnavailable, new Fields(), new Said(
                "现在上传照片的人太多，请稍后再试。", "Too many photos are coming in just now. Please try again in a moment."));
        }

        var form = await Paper.FormAsync(context, BodyMax);
        var input = ReportInput.Read(form, directory.Current, locator);
        try
        {
            return await FileAsync(context, form, input);
        }
        catch (Exception exception) when (Paper.Passing(exception) is not null)
        {
            return await ShowAsync(
                context, StatusCodes.Status503ServiceUnavailable, input.Fields, Paper.Passing(exception));
        }
    }

    private async Task<IResult> FileAsync(HttpContext context, IFormCollection form, ReportInput input)
    {
        if (input.Fields.Failed)
            return await ShowAsync(context, StatusCodes.Status400BadRequest, input.Fields, null);

        if (!key.IsOpen)
            return await ShowAsync(context, StatusCodes.Status403Forbidden, input.Fields, PageKey.Closed);

        // Reading a photo costs most: nobody gets there who may not report.
        if (!limits.TryTake(context, Cost))
            return await TooManyAsync(context, input.Fields);

        var picture = await PictureAsync(form.Files.GetFile("photo"), input.Fields, context.RequestAborted);
        if (input.Fields.Failed)
            return await ShowAsync(context, StatusCodes.Status400BadRequest, input.Fields, null);

        var (verdict, admitted) = key.Admit();
        if (verdict != KeyVerdict.Admitted)
        {
            return verdict == KeyVerdict.TooOften
                ? await TooManyAsync(context, input.Fields)
                : await ShowAsync(context, StatusCodes.Status403Forbidden, input.Fields, PageKey.Closed);
        }

        var me = RequestEndpoint.ActorOf(admitted!, input.Grid!.Value.District);
        var sent = Guid.TryParse(form["sent"], out var id) ? $"{id}" : $"{Guid.NewGuid()}";
        if (!me.Sees(input.Grid.Value))
        {
            input.Fields.That(false, "grid", new Said("该网格暂不接收网上上报", "This grid takes no reports here"));
            return await ShowAsync(context, StatusCodes.Status400BadRequest, input.Fields, null);
        }

        var outcome = await service.ReportAsync(input.Grid.Value, new ReportIncident(
            Commands.IdOf(me.Sub, sent), me, input.Standard!.Category, input.Description, input.Position, null, null,
            Source.Resident, input.Reporter, null));
        if (outcome.Reject is not null)
            return await ShowAsync(context, StatusCodes.Status409Conflict, input.Fields, Refused(outcome.Reject.Value));

        var number = outcome.Case!.Id;
        if (picture is var (photo, stored))
            await AddAsync(number, new AddPhoto(Commands.IdOf(me.Sub, $"{sent} photo"), me, photo), stored);

        OwnThings.Keep(context, number.Value, receipts.CodeOf(number) ?? "");
        return new SeeOther($"{CasePages.PathOf(number)}?new=1");
    }

    /// <summary>A photo that the case does not take is not kept; the report stands without it.</summary>
    private async Task AddAsync(CaseNumber number, AddPhoto command, StoredPhoto stored)
    {
        await evidence.PutAsync(stored, CancellationToken.None);
        if ((await service.ExecuteAsync(number, command)).Reject is not null)
            await evidence.ReleaseAsync(command.Photo.Hash, CancellationToken.None);
    }

    private async Task<(Photo Photo, StoredPhoto Stored)?> PictureAsync(
        IFormFile? file, Fields fields, CancellationToken cancellation)
    {
        if (file is not { Length: > 0 })
            return null;

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellation);
        var (photo, stored, _) = await photos.ReadAsync(bytes.ToArray(), PhotoKind.Before, cancellation);
        fields.That(photo is not null, "photo", new Said(
            "这不是可用的照片：请选 10 MB 以内的 JPEG、PNG 或 WebP，或不附照片",
            "This photo cannot be used: choose a JPEG, PNG or WebP of at most 10 MB, or send none"));
        return photo is null ? null : (photo, stored!);
    }

    private Task<IResult> TooManyAsync(HttpContext context, Fields fields)
    {
        context.Response.Headers.RetryAfter = "10";
        return ShowAsync(context, StatusCodes.Status429TooManyRequests, fields, Paper.TooOften);
    }

    private static Said Refused(RejectCode code) => code switch
    {
        RejectCode.CommandIdAlreadyUsed => new Said(
            "这张表已经提交过了。要再报一件，请重新打开上报页面。",
            "This form was sent before. To report another matter, open the page anew."),
        RejectCode.GridHoldsTooManyOpenCases or RejectCode.GridHasNoNumbersLeftToday => new Said(
            "该网格的事件太多，暂时无法接收，请拨打 12345。",
            "This grid has too many open cases to take another one now. Please call 12345."),
        _ => new Said($"没有受理（{code}）。", $"It was not taken ({code})."),
    };

    private async Task<IResult> ShowAsync(HttpContext context, int status, Fields fields, Said? banner)
    {
        var view = directory.Current;
        return Paper.DistrictOf(context, view) is not { } district
            ? Paper.NoDirectory(context)
            : Paper.Of<ReportPage>(
                context, status, ("Fields", fields), ("Banner", key.IsOpen ? banner : PageKey.Closed),
                ("IsOpen", key.IsOpen), ("View", view), ("Lines", lines),
                ("Map", maps.Of(district)), ("Frequent", await FrequentAsync(context, view, district)));
    }

    /// <summary>
    /// What was reported most of late, so that most people need not look for it; filled up in the table's order.
    /// </summary>
    private async Task<IReadOnlyList<FilingStandard>> FrequentAsync(
        HttpContext context, DirectoryView view, AreaCode district)
    {
        try
        {
            var newest = await cases.NewestAsync(district, context.RequestAborted);
            return [.. newest.Cases.Select(shown => shown.Standard).OfType<FilingStandard>()
                .GroupBy(standard => standard.Category).OrderByDescending(same => same.Count())
                .Select(same => same.First())
                .Concat(view.Data.Standards.Where(standard => lines.All.Contains(standard.Line)))
                .DistinctBy(standard => standard.Category).Take(FrequentMax)];
        }
        catch (Exception exception) when (Paper.Passing(exception) is not null)
        {
            // The form is there without a store.
            return [];
        }
    }
}
