"""A Scrapy spider for faulty_site.py: scrapy runspider faulty_spider.py -a start=ADDRESS

Its own faults are of three kinds: a callback that raises on a page it did not expect, one that asks a picture for
its text, and an errback that sees what the downloader could not get.
"""

import scrapy
from scrapy.spidermiddlewares.httperror import HttpError


class FaultySpider(scrapy.Spider):
    name = "faulty"
    custom_settings = {
        "DOWNLOAD_TIMEOUT": 1,
        "REDIRECT_MAX_TIMES": 3,
        "RETRY_TIMES": 1,
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "WARNING",
        "CLOSESPIDER_TIMEOUT": 30,
    }

    async def start(self):
        for request in self.start_requests():
            yield request

    def start_requests(self):
        """For Scrapy before 2.13, which calls this itself."""
        yield scrapy.Request(self.start_address, self.parse)

    def __init__(self, start, **others):
        super().__init__(**others)
        self.start_address = start

    def parse(self, response):
        for link in response.css("a::attr(href)").getall():
            errback = self.missed if "page/" not in link else None
            yield response.follow(link, self.parse_page, errback=errback)

    def parse_page(self, response):
        price = response.css("p::text").re_first(r"price: (.+)")
        yield {"page": response.url, "price": int(price)}

    def missed(self, failure):
        if failure.check(HttpError):
            return {"page": failure.value.response.url, "status": failure.value.response.status}
        return None  # Said nowhere: the crawl goes on, and nobody knows.
