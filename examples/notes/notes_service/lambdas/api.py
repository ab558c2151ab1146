"""The service behind API Gateway."""

from mangum import Mangum

from ..app import app

handler = Mangum(app, lifespan="off")
