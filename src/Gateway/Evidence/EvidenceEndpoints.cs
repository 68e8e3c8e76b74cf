using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accesses;
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
    private static readonly string[] s_mediaTypes = [PhotoFormat.Jpeg, PhotoFormat.Png, PhotoFormat.WebP];

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
        api.MapGet("incidents/{id}/evidence/{hash}", GetAsync).OnRecord(AccessKind.Photo)
            .Describe("getPhoto", "A photo of a case; thumbnail=true for the small one", "案件照片；可取缩略图")
            .Produces<Stream>(StatusCodes.Status200OK, PhotoFormat.Jpeg)
            .Refuses([.. IncidentEndpoints.FindCodes, RejectCode.PhotoIsUnknown]);
    }

    private static async Task<IResult> AddAsync(
        string id, [NamesOf<PhotoKind>] string? kind, HttpContext context, CurrentActor me, IncidentService service,
        PhotoReader reader, IEvidenceStore store, CancellationToken cancellation)
    {
        var check = new Check();
        var commandId = Commands.Read(check, context, me.Actor);
        var shows = check.OneOf<PhotoKind>(kind, "kind") ?? PhotoKind.Other;

        // Whether one may is asked before ten megabytes are read, let alone decoded.
        var (incident, problem) = await IncidentEndpoints.FindAsync(check, id, me.Actor, service);
        if (problem is not null)
            return problem;

        if (me.Actor.Role == Role.Viewer)
            return Problem.Of(RejectCode.RoleMayNot);

        using var hand = reader.Take();
        if (hand is null)
        {
            context.Response.Headers.RetryAfter = "1";
            return Problem.Of(ProblemCode.TooBusy);
        }

        var bytes = await BodyAsync(context, cancellation);
        var (photo, stored, fault) = await reader.ReadAsync(bytes, shows, cancellation);
        if (photo is null)
            return check.That(false, "body", fault!).Problem;

        // Its bytes first: a case never names a photo that is not there. What the case then refuses is not kept.
        await store.PutAsync(stored!, cancellation);
        var outcome = await service.ExecuteAsync(incident!.Id, new AddPhoto(commandId, me.Actor, photo));
        if (outcome.Reject is not { } reject)
            return Results.Ok(outcome.Case!.ShowTo(me.Actor));

        await store.ReleaseAsync(photo.Hash, CancellationToken.None);
        return Problem.Of(reject);
    }

    private static async Task<IResult> GetAsync(
        string id, string hash, bool? thumbnail, CurrentActor me, IncidentService service,
        PhotoReader reader, IEvidenceStore store, CancellationToken cancellation)
    {
        var check = new Check();
        check.That(Photo.IsHash(hash), "hash", $"is {Photo.HashDigits} hexadecimal digits in lower case");
        var (incident, problem) = await IncidentEndpoints.FindAsync(check, id, me.Actor, service);
        if (problem is not null)
            return problem;

        // Only by a case that has it: to know a hash is not enough.
        if (incident!.Photos?.Any(photo => photo.Hash == hash) != true
            || await store.FindAsync(hash, thumbnail == true, cancellation) is not { } found
            || await BareAsync(found.Bytes, reader, cancellation) is not { } bytes)
        {
            return Problem.Of(RejectCode.PhotoIsUnknown);
        }

        return Results.Bytes(bytes, PhotoFormat.Jpeg);
    }

    /// <summary>
    /// What older versions kept as it came is made anew when it is shown: it may tell where and by what it was taken.
    /// </summary>
    private static async Task<byte[]?> BareAsync(byte[] kept, PhotoReader reader, CancellationToken cancellation) =>
        PhotoReader.IsBare(kept) ? kept : (await reader.ReadAsync(kept, PhotoKind.Other, cancellation)).Stored?.Bytes;

    private static async Task<byte[]> BodyAsync(HttpContext context, CancellationToken cancellation)
    {
        // It grows with what comes: a length that is only said takes no memory.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }
}
