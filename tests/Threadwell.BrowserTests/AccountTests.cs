using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Playwright;
using Threadwell.Tests.Shared;

namespace Threadwell.BrowserTests;

/// <summary>A clinic without a demonstration: its first administrator, by the printed link, with a passkey and an authenticator app.</summary>
public sealed class AccountTests(Browser browser)
{
    private const string Name = "first.administrator";
    private const string Password = "seven quiet geese in a row";

    [Fact]
    public async Task The_first_administrator_signs_in_by_passkey_and_by_a_recovery_code()
    {
        Assert.SkipWhen(browser.Server is null, "no browser: install chromium or name one with CHROMIUM=PATH");
        using ServerProcess server = await ServerProcess.StartAsync(null, "--empty");

        // A passkey belongs to a name, never to a number.
        string address = server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        string link = server.Told.Single(line => line.Contains("/setup?token=", StringComparison.Ordinal)).Split(' ').Single(word => word.Contains("/setup?token=", StringComparison.Ordinal));
        await using WatchedPage page = await browser.OpenAsync(server: server, role: null, address: address);
        await AddAuthenticatorAsync(page.Page);

        await page.Page.GotoAsync(new Uri(link).PathAndQuery);
        await page.AccessibleAsync("setup");
        await page.Id("fullname").FillAsync("Vương Thị Thu");
        await page.Id("name").FillAsync(Name);
        await page.Id("password").FillAsync(Password);
        await page.Page.Locator("main form button").ClickAsync();
        await page.Page.ReachesAsync("**/account?need=factor");

        await page.Id("passkeyname").FillAsync("Laptop");
        await page.Id("passkey-add").ClickAsync();
        await page.Page.Locator("main").GetByText("Laptop").WaitForAsync();
        await page.AccessibleAsync("account with a passkey");
        await page.PictureAsync("account");

        await page.Page.GotoAsync("/account/codes");
        await page.AccessibleAsync("codes");
        await page.Id("code").FillAsync(CodeNow(await page.Id("codes-key").InnerTextAsync()));
        await page.Page.Locator("main form button").ClickAsync();
        await page.Id("recovery-codes").WaitForAsync();
        IReadOnlyList<string> recovery = await page.Page.Locator("#recovery-codes li").AllInnerTextsAsync();
        Assert.Equal(10, recovery.Count);
        await page.AccessibleAsync("recovery codes");

        await page.Button("Sign out").ClickAsync();
        await page.Id("passkey-go").ClickAsync();
        await page.Page.ReachesAsync("**/clinic");

        await page.Button("Sign out").ClickAsync();
        await page.Id("name").FillAsync(Name);
        await page.Id("password").FillAsync(Password);
        await page.Page.Locator("form[action='/sign-in/password'] button").ClickAsync();
        await page.Page.ReachesAsync("**/sign-in/code*");
        await page.AccessibleAsync("second factor");
        await page.Id("code").FillAsync(recovery[0]);
        await page.Page.Locator("form[action^='/sign-in/code'] button.primary").ClickAsync();
        await page.Page.ReachesAsync("**/clinic");
        page.IsClean();
    }

    // Chromium's own software device, which answers as if a finger lay on it.
    private static async Task AddAuthenticatorAsync(IPage page)
    {
        ICDPSession devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    // The code that an app shows (RFC 6238), computed here from the key on the page.
    private static string CodeNow(string key)
    {
        byte[] secret = new byte[key.Length * 5 / 8];
        int bits = 0, held = 0, written = 0;
        foreach (char letter in key)
        {
            held = (held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8 && written < secret.Length)
            {
                bits -= 8;
                secret[written++] = (byte)(held >> bits);
            }
        }

        byte[] step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What authenticator apps use.
        byte[] hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        return $"{(BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue) % 1_000_000:000000}";
    }
}
