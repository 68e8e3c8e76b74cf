using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Evidence;

/// <summary>Photos of a case: taken by content, shown to whoever may see the case.</summary>
internal static class EvidenceEndpoints
{
    private static readonly string[] s_mediaTypes = ["image/jpeg", "image/png", "image/webp"];

    public static void MapEvidence(this IEndpointRouteBuilder api)
    {
        api.MapPost("incidents/{id}/evidence", AddAsync)
            .Describe("addPhoto", "Add a photo to a case: the body is the photo", "上传照片：请求体即照片")
            .WithMetadata(
                new CommandMark(), new RawBody(s_mediaTypes), new RequestSizeLimitAttribute(Photo.BytesMax))
            .Produces<IncidentView>()
            .Refuses([
                .. IncidentEndpoints.FindCodes, RejectCode.RoleMayNot, RejectCode.CaseIsClosed,
                RejectCode.CaseHoldsTooManyPhotos, RejectCode.CommandIdAlreadyUsed,
            ]);
        api.MapGet("incidents/{id}/evidence/{hash}", GetAsync)
            .Describe("getPhoto", "A photo of a case; thumbnail=true for the small one", "案件照片；可取缩略图")
            .Produces<Stream>(StatusCodes.Status200OK, s_mediaTypes[0], s_mediaTypes[1..])
            .Refuses([.. IncidentEndpoints.FindCodes, RejectCode.PhotoIsUnknown]);
    }

    private static async Task<IResult> AddAsync(
        string id, [NamesOf<PhotoKind>] string? kind, HttpContext context, CurrentActor me, IncidentDesk desk,
        PhotoReader reader, IEvidenceStore store, CancellationToken cancellation)
    {
        var check = new Check();
        var commandId = Commands.Read(check, context, me.Actor);
        var shows = check.OneOf<PhotoKind>(kind, "kind") ?? PhotoKind.Other;
        if (me.Actor.Role == Role.Viewer)
        {
            return Problem.Of(RejectCode.RoleMayNot);
        }

        // The case is looked for before ten megabytes are read.
        var (incident, problem) = await IncidentEndpoints.FindAsync(check, id, me.Actor, desk);
        if (problem is not null)
        {
            return problem;
        }

        var bytes = await BodyAsync(context, cancellation);
        var (photo, stored, fault) = await reader.ReadAsync(bytes, shows, cancellation);
        if (photo is null)
        {
            return check.That(false, "body", fault!).Problem;
        }

        // Its bytes first: a case never names a photo that is not there. One that the case then refuses harms nobody.
        await store.PutAsync(stored!, cancellation);
        var outcome = await desk.ExecuteAsync(incident!.Id, new AddPhoto(commandId, me.Actor, photo));
        return outcome.Reject is { } reject
            ? Problem.Of(reject)
            : Results.Ok(CaseShape.For(me.Actor, outcome.Case!));
    }

    private static async Task<IResult> GetAsync(
        string id, string hash, bool? thumbnail, HttpContext context, CurrentActor me, IncidentDesk desk,
        IEvidenceStore store, CancellationToken cancellation)
    {
        var check = new Check();
        check.That(Photo.IsHash(hash), "hash", $"is {Photo.HashDigits} hexadecimal digits in lower case");
        var (incident, problem) = await IncidentEndpoints.FindAsync(check, id, me.Actor, desk);
        if (problem is not null)
        {
            return problem;
        }

        // Only by a case that has it: to know a hash is not enough.
        if (incident!.Photos?.Any(photo => photo.Hash == hash) != true
            || await store.FindAsync(hash, thumbnail == true, cancellation) is not { } found)
        {
            return Problem.Of(RejectCode.PhotoIsUnknown);
        }

        context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(found.Bytes, found.MediaType);
    }

    private static async Task<byte[]> BodyAsync(HttpContext context, CancellationToken cancellation)
    {
        using var body = new MemoryStream(
            (int)Math.Clamp(context.Request.ContentLength ?? 0, 0, Photo.BytesMax));
        await context.Request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }
}
