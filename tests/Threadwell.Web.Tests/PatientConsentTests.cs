using System.Buffers.Text;
using System.Formats.Cbor;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Sqlite;
using Threadwell.Tests.Shared;
using Threadwell.Web.Consents;

namespace Threadwell.Web.Tests;

/// <summary>Consents in the patient's own account, by passkey too.</summary>
public sealed class PatientConsentTests(SharedServer shared)
{
    private readonly ServerProcess server = shared.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_patient_reads_and_signs_her_own_and_nobody_else_s()
    {
        (Guid patient, string name, _) = await PatientAsync();
        using HttpClient browser = await server.SignInAsync("patient");
        string page = $"/patients/{patient}/consent?about=none&language=vi";
        string html = WebUtility.HtmlDecode(await browser.GetStringAsync(page, Cancelled));
        Assert.Contains(name, html, StringComparison.Ordinal);
        using HttpResponseMessage signed = await browser.PostFormAsync(page, page, new()
        {
            ["_handler"] = "consent",
            ["Form.Shown"] = ConsentSteps.Shown().Match(html).Groups["hash"].Value,
            ["Form.Choices[ClinicalPhotos]"] = "yes",
            ["Form.Choices[OtherPhotoUse]"] = "no",
            ["Form.Choices[Registry]"] = "no",
            ["Form.Choices[Messages]"] = "yes",
            ["Form.Signature"] = "typed",
            ["Form.Name"] = name.ToUpperInvariant(),
        });
        string consent = signed.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.StartsWith("/consents/", consent, StringComparison.Ordinal);
        Assert.Contains("in the patient’s own account", WebUtility.HtmlDecode(await browser.GetStringAsync(consent, Cancelled)), StringComparison.Ordinal);
        byte[] pdf = await browser.GetByteArrayAsync(consent + "/pdf", Cancelled);
        Assert.Equal("%PDF", Encoding.ASCII.GetString(pdf, 0, 4));
        Assert.Contains("Doctors often say", await browser.GetStringAsync($"/patients/{patient}/consultation", Cancelled), StringComparison.Ordinal);

        // The coordinator reads it and does not decide for her.
        using HttpClient coordinator = await server.SignInAsync("coordinator");
        Assert.Equal(HttpStatusCode.OK, (await coordinator.GetAsync(consent, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(page, Cancelled)).StatusCode);
        using HttpResponseMessage withdrawal = await coordinator.PostFormAsync("/patients", consent + "/withdraw", new() { ["reason"] = "" });
        Assert.Equal(HttpStatusCode.Forbidden, withdrawal.StatusCode);

        // Another patient's record is not even there.
        Uri other = await server.OpenRecordAsync("Lương Thị Xuân", "06/07/1985");
        using HttpResponseMessage foreign = await server.SignAsync(other, "about=none&language=vi", "Lương Thị Xuân", ["no", "no", "no", "yes"]);
        foreach (string address in (string[])[$"{other.AbsolutePath}/consent", $"{other.AbsolutePath}/consultation", foreign.RequestMessage!.RequestUri!.AbsolutePath, foreign.RequestMessage.RequestUri.AbsolutePath + "/pdf"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address, Cancelled)).StatusCode);
        }
    }

    [Fact]
    public async Task A_passkey_signs_the_hash_of_what_was_shown()
    {
        (Guid patient, _, Guid user) = await PatientAsync();
        using var device = new SoftwarePasskey(server.Address, user);
        await device.RegisterAsync(server.DataFolder);
        using HttpClient browser = await server.SignInAsync("patient");
        browser.DefaultRequestHeaders.Add("Origin", server.Address);
        object consent = await ConsentAsync(browser, patient, "yes");
        (string state, string challenge) = await AskAsync(browser, patient, consent);

        // Another text than the one that the device signed is refused.
        using HttpResponseMessage refused = await SignAsync(browser, patient, await ConsentAsync(browser, patient, "no"), state, device.Sign(challenge));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        (state, challenge) = await AskAsync(browser, patient, consent);
        using HttpResponseMessage signed = await SignAsync(browser, patient, consent, state, device.Sign(challenge));
        string told = await signed.Content.ReadAsStringAsync(Cancelled);
        Assert.True(signed.IsSuccessStatusCode, told);
        var id = Guid.Parse(JsonSerializer.Deserialize<JsonElement>(told).GetProperty("address").GetString()!.Split('/')[^1]);

        await using ThreadwellContext context = Open();
        StoredConsent row = await context.Consents.SingleAsync(candidate => candidate.Id == id, Cancelled);
        Assert.Equal(SignatureKind.Passkey, row.Signature);
        Assert.Equal(row.DocumentSha256, Convert.ToHexStringLower(Base64Url.DecodeFromChars(challenge).AsSpan(0, 32)));
        var data = new DataFolder(server.DataFolder);
        Assert.Equal([new ConsentReport(id, null)], await ConsentVerification.RunAsync(new Hosting.ServeOptions { DataFolder = server.DataFolder }, id, Cancelled));
        JsonElement file = JsonSerializer.Deserialize<JsonElement>(new FileStore(data.Files, RecordKeys.Open(data.Keys)).Read(row.SignatureSha256));
        Assert.Equal(row.DocumentSha256, file.GetProperty("documentSha256").GetString());

        // Nobody signs for her: not with her own device in the doctor's account.
        using HttpClient doctor = await server.SignInAsync("doctor");
        doctor.DefaultRequestHeaders.Add("Origin", server.Address);
        using HttpResponseMessage stranger = await doctor.PostAsJsonAsync($"/api/patients/{patient}/consent/passkey/question", consent, Cancelled);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.StatusCode);
    }

    private static async Task<object> ConsentAsync(HttpClient browser, Guid patient, string messages)
    {
        string html = await browser.GetStringAsync($"/patients/{patient}/consent?about=none&language=en", Cancelled);
        Assert.Contains("value=\"passkey\"", html, StringComparison.Ordinal);
        return new
        {
            about = "none",
            language = "en",
            shown = ConsentSteps.Shown().Match(html).Groups["hash"].Value,
            choices = new Dictionary<string, string>(StringComparer.Ordinal) { ["ClinicalPhotos"] = "yes", ["OtherPhotoUse"] = "no", ["Registry"] = "no", ["Messages"] = messages },
        };
    }

    private static async Task<(string State, string Challenge)> AskAsync(HttpClient browser, Guid patient, object consent)
    {
        using HttpResponseMessage asked = await browser.PostAsJsonAsync($"/api/patients/{patient}/consent/passkey/question", consent, Cancelled);
        JsonElement question = JsonSerializer.Deserialize<JsonElement>(await asked.Content.ReadAsStringAsync(Cancelled));
        return (question.GetProperty("state").GetString()!, question.GetProperty("options").GetProperty("challenge").GetString()!);
    }

    private static Task<HttpResponseMessage> SignAsync(HttpClient browser, Guid patient, object consent, string state, object credential) =>
        browser.PostAsJsonAsync($"/api/patients/{patient}/consent/passkey", new { consent, state, credential }, Cancelled);

    private ThreadwellContext Open()
    {
        var data = new DataFolder(server.DataFolder);
        return new SqliteDatabase(data.Database).Open(RecordKeys.Open(data.Keys));
    }

    // The demonstration's patient, with her record.
    private async Task<(Guid Patient, string Name, Guid User)> PatientAsync()
    {
        await using ThreadwellContext context = Open();
        UserAccount user = await context.Users.SingleAsync(row => row.UserName == "patient@demo", Cancelled);
        Patient patient = await context.Patients.SingleAsync(row => row.Id == user.PatientId, Cancelled);
        return (patient.Id, patient.FullName, user.Id);
    }

    /// <summary>A passkey in software: a P-256 key that signs as WebAuthn Level 3, 6.3.3, says.</summary>
    private sealed class SoftwarePasskey(string origin, Guid user) : IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly byte[] id = RandomNumberGenerator.GetBytes(16);
        private uint count;

        public async Task RegisterAsync(string folder)
        {
            var data = new DataFolder(folder);
            await using ThreadwellContext context = new SqliteDatabase(data.Database).Open(RecordKeys.Open(data.Keys));
            context.Set<IdentityUserPasskey<Guid>>().Add(new IdentityUserPasskey<Guid>
            {
                UserId = user,
                CredentialId = id,
                Data = new IdentityPasskeyData { PublicKey = PublicKey(), Name = "test", CreatedAt = DateTimeOffset.UnixEpoch, SignCount = 0, Transports = ["internal"], IsUserVerified = true, IsBackupEligible = false, IsBackedUp = false, AttestationObject = [], ClientDataJson = [] },
            });
            await context.SaveChangesAsync(Cancelled);
        }

        public object Sign(string challenge)
        {
            byte[] clientData = JsonSerializer.SerializeToUtf8Bytes(new { type = "webauthn.get", challenge, origin, crossOrigin = false });
            count++;
            byte[] authenticatorData = [.. SHA256.HashData(Encoding.ASCII.GetBytes(new Uri(origin).Host)), 0x05, (byte)(count >> 24), (byte)(count >> 16), (byte)(count >> 8), (byte)count];
            byte[] signature = key.SignData([.. authenticatorData, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            return new
            {
                id = Base64Url.EncodeToString(id),
                rawId = Base64Url.EncodeToString(id),
                type = "public-key",
                response = new
                {
                    clientDataJSON = Base64Url.EncodeToString(clientData),
                    authenticatorData = Base64Url.EncodeToString(authenticatorData),
                    signature = Base64Url.EncodeToString(signature),
                    userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(user.ToString())),
                },
                clientExtensionResults = new { },
                authenticatorAttachment = "platform",
            };
        }

        public void Dispose() => key.Dispose();

        // RFC 9053, 7.1.1.
        private byte[] PublicKey()
        {
            ECParameters point = key.ExportParameters(includePrivateParameters: false);
            var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
            writer.WriteStartMap(5);
            foreach ((int label, object value) in new (int, object)[] { (1, 2), (3, -7), (-1, 1), (-2, point.Q.X!), (-3, point.Q.Y!) })
            {
                writer.WriteInt32(label);
                if (value is byte[] bytes)
                {
                    writer.WriteByteString(bytes);
                }
                else
                {
                    writer.WriteInt32((int)value);
                }
            }

            writer.WriteEndMap();
            return writer.Encode();
        }
    }
}
