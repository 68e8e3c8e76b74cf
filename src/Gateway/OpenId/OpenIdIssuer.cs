using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.OpenId;

/// <summary>What the issuer is asked beside signing in, and what it tells by itself.</summary>
internal sealed class OpenIdIssuer(IOptionsMonitor<OpenIdConnectOptions> options)
{
    /// <summary>OpenID Connect Back-Channel Logout 1.0, 2.4.</summary>
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    private OpenIdConnectOptions Options => options.Get(OpenIdSetup.Scheme);

    /// <summary>The next tokens; null where it refuses the grant.</summary>
    /// <exception cref="HttpRequestException">It answers something else, or nothing.</exception>
    public async Task<OpenIdConnectMessage?> RefreshAsync(string refreshToken, CancellationToken cancellation)
    {
        var question = new OpenIdConnectMessage
        {
            GrantType = OpenIdConnectGrantTypes.RefreshToken, RefreshToken = refreshToken,
            ClientId = Options.ClientId, ClientSecret = Options.ClientSecret,
        };
        using var content = new FormUrlEncodedContent(question.Parameters);
        using var answer = await Options.Backchannel.PostAsync(
            (await ConfigurationAsync(cancellation)).TokenEndpoint, content, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? new OpenIdConnectMessage(text)
            : IsInvalidGrant(text) ? null
            : throw new HttpRequestException($"the token endpoint answers {(int)answer.StatusCode}");
    }

    /// <summary>
    /// What it says of somebody now; empty where it says nothing. The tokens come from itself over TLS, which stands
    /// for their signature (OpenID Connect Core 1.0, 3.1.3.7).
    /// </summary>
    public async Task<IReadOnlyList<Claim>> ClaimsAsync(OpenIdConnectMessage tokens, CancellationToken cancellation)
    {
        var identity = new ClaimsIdentity();
        if (tokens.IdToken is { Length: > 0 } idToken)
            identity.AddClaims(new JsonWebToken(idToken).Claims);

        if ((await ConfigurationAsync(cancellation)).UserInfoEndpoint is { Length: > 0 } endpoint)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
            using var answer = await Options.Backchannel.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            using var user = JsonDocument.Parse(text.StartsWith('{')
                ? text
                : Base64UrlEncoder.Decode(new JsonWebToken(text).EncodedPayload));
            foreach (var action in Options.ClaimActions)
                action.Run(user.RootElement, identity, OpenIdSetup.Scheme);
        }

        return [.. identity.Claims];
    }

    /// <summary>Where a browser signs out there too; null where the issuer has no such place.</summary>
    public async Task<string?> SignOutUrlAsync(string? idToken, string back, CancellationToken cancellation) =>
        (await ConfigurationAsync(cancellation)).EndSessionEndpoint is { Length: > 0 } endpoint
            ? new OpenIdConnectMessage
            {
                IssuerAddress = endpoint, IdTokenHint = idToken, PostLogoutRedirectUri = back,
                ClientId = Options.ClientId,
            }.CreateLogoutRequestUrl()
            : null;

    /// <summary>Whom a logout token signs out: a session, or all of a subject; null where it is none.</summary>
    public async Task<(string? Session, string? Subject)?> ReadLogoutAsync(string token)
    {
        var parameters = Options.TokenValidationParameters.Clone();
        parameters.ValidAudience = Options.ClientId;
        parameters.ConfigurationManager = (BaseConfigurationManager)Options.ConfigurationManager!;
        var result = await Options.TokenHandler.ValidateTokenAsync(token, parameters);
        return result is { IsValid: true, SecurityToken: JsonWebToken logout }
            && logout.TryGetPayloadValue<JsonElement>("events", out var events)
            && events.ValueKind == JsonValueKind.Object && events.TryGetProperty(LogoutEvent, out _)
            && !logout.TryGetClaim(JwtRegisteredClaimNames.Nonce, out _)
            && (TextOf(logout, JwtRegisteredClaimNames.Sid), TextOf(logout, JwtRegisteredClaimNames.Sub)) is var whom
            && whom is not (null, null)
                ? whom
                : null;
    }

    private static string? TextOf(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var text) && text.Length > 0 ? text : null;

    private static bool IsInvalidGrant(string text)
    {
        try
        {
            return new OpenIdConnectMessage(text).Error == "invalid_grant";
        }
        catch (ArgumentException)
        {
            // No JSON: whatever stands in front of the issuer answered.
            return false;
        }
    }

    private Task<OpenIdConnectConfiguration> ConfigurationAsync(CancellationToken cancellation) =>
        Options.ConfigurationManager!.GetConfigurationAsync(cancellation);
}
