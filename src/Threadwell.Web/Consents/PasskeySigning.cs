using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Threadwell.Storage.Accounts;

namespace Threadwell.Web.Consents;

/// <summary>What a browser is asked to sign.</summary>
/// <param name="Options">Options of <c>navigator.credentials.get</c>.</param>
/// <param name="State">Sealed; comes back with the answer.</param>
internal sealed record PasskeyQuestion(JsonElement Options, string State);

/// <summary>
/// Lets a patient sign with her own passkey. The challenge is made here instead of by chance alone, so that the device signs the document's hash; everything else is checked by the framework.
/// </summary>
internal sealed class PasskeySigning(IPasskeyHandler<UserAccount> handler, UserManager<UserAccount> users, IDataProtectionProvider protection)
{
    private const string ChallengeName = "challenge";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Threadwell consent by passkey").ToTimeLimitedDataProtector();

    /// <summary>Whether an account has a passkey to sign with.</summary>
    public async Task<bool> IsPossibleAsync(Guid userId) => await FindAsync(userId) is { } user && (await users.GetPasskeysAsync(user)).Count > 0;

    /// <summary>Asks for a signature of a document.</summary>
    public async Task<PasskeyQuestion> AskAsync(Guid userId, string documentSha256, HttpContext context)
    {
        PasskeyRequestOptionsResult asked = await handler.MakeRequestOptionsAsync((await FindAsync(userId))!, context);
        byte[] challenge = PasskeyProof.Challenge(documentSha256);
        JsonNode options = JsonNode.Parse(asked.RequestOptionsJson)!;
        JsonNode state = JsonNode.Parse(asked.AssertionState ?? "{}")!;
        options[ChallengeName] = Base64Url.EncodeToString(challenge);
        state[ChallengeName] = Convert.ToBase64String(challenge);
        return new PasskeyQuestion(JsonSerializer.SerializeToElement(options), protector.Protect(state.ToJsonString(), Patience));
    }

    /// <summary>Checks the answer.</summary>
    /// <returns>The signature's file; null with the reason where it is none.</returns>
    public async Task<(byte[]? Proof, string? Problem)> CheckAsync(Guid userId, string documentSha256, string state, JsonElement credential, HttpContext context)
    {
        string asked;
        try
        {
            asked = protector.Unprotect(state);
        }
        catch (CryptographicException)
        {
            return (null, "the question has run out; ask again.");
        }

        PasskeyAssertionResult<UserAccount> result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential.GetRawText(), AssertionState = asked });
        if (!result.Succeeded || result.User?.Id != userId)
        {
            return (null, result.Failure?.Message ?? "it is another account's passkey.");
        }

        byte[] proof = new PasskeyProof(documentSha256, Base64Url.EncodeToString(result.Passkey!.PublicKey), credential).ToBytes();
        if (PasskeyProof.Problem(proof, documentSha256) is { } problem)
        {
            return (null, problem);
        }

        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return (proof, null);
    }

    private Task<UserAccount?> FindAsync(Guid userId) => users.FindByIdAsync(userId.ToString());
}
