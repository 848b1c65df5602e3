using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Threadwell.BrowserTests;

/// <summary>Waiting for a page's address.</summary>
internal static class PageAddress
{
    private const int BeatMs = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Waits until the page's address fits a pattern and its document is loaded.
    /// The driver's own waiting looks at the address once and only then begins to listen: where the page moves in between (a first call that is still being compiled, on a busy machine), it waits for a move that has been made.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="pattern">The address, where <c>**</c> stands for anything and <c>*</c> for anything without a slash.</param>
    /// <exception cref="TimeoutException">The page did not get there in 90 s; says where it is.</exception>
    public static async Task ReachesAsync(this IPage page, string pattern)
    {
        Regex wanted = new("^" + Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        await UntilAsync(() => Task.FromResult(wanted.IsMatch(page.Url)), () => $"The page did not get to {pattern}: it is at {page.Url}.");
        await page.LoadedAsync();
    }

    /// <summary>Waits until the page's document and what it names are loaded.</summary>
    /// <param name="page">The page.</param>
    /// <exception cref="TimeoutException">It was not loaded in 90 s; says where the page is.</exception>
    public static Task LoadedAsync(this IPage page) => UntilAsync(() => IsLoadedAsync(page), () => $"The page at {page.Url} was not loaded.");

    private static async Task<bool> IsLoadedAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("() => document.readyState === 'complete'");
        }
        catch (PlaywrightException)
        {
            // The page moved on while it was asked: the next one is asked in its turn.
            return false;
        }
    }

    /// <summary>Asks again and again until it is so.</summary>
    /// <param name="isSo">The question.</param>
    /// <param name="complaint">What is said where it never is.</param>
    /// <exception cref="TimeoutException">It was not so in 90 s.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> complaint)
    {
        for (var since = Stopwatch.StartNew(); !await isSo(); await Task.Delay(BeatMs, TestContext.Current.CancellationToken))
        {
            if (since.Elapsed > Patience)
            {
                throw new TimeoutException(complaint());
            }
        }
    }
}
